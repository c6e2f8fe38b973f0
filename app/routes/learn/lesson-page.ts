import type { Range } from '~/domain/class-hours/ranges';
import type { MediaAhead } from '~/domain/media/media-ahead';
import type { Section } from '~/domain/media/sections';
import type { Rung } from '~/domain/media/quality';
import type { MarkedOrganization } from '~/ui/organization-mark';

/** What the loader of a lesson tells its view. */
export interface LessonPage {
  personId: string;
  enrollmentId: string;
  articleHtml: string;
  producer: MarkedOrganization;
  media: {
    id: string;
    state: string;
    durationMs: number;
    audioBitrate: number | null;
    hasPreviews: boolean;
  } | null;
  playable: boolean;
  renditions: readonly Rung[];
  captions: readonly { language: string; label: string }[];
  sections: readonly Section[];
  coverage: readonly Range[];
  spentMs: number;
  maxSpeed: number;
  countsHidden: boolean;
  lesson: {
    id: string;
    title: string;
    durationMs: number;
    creditedMs: number;
    coveredMs: number;
    lastMediaMs: number;
    complete: boolean;
  };
  label: string;
  className: string;
  next?: { id: string; title: string } | undefined;
  open: boolean;
  creditedTodayMs: number;
  playFromMs?: number | undefined;
  ahead: MediaAhead | null;
}

/** The last seconds were as good as watched: whoever left there begins again. */
const END_MS = 3000;

/** Where a learner goes on who left at `lastMediaMs`. */
export function whereLeft(lastMediaMs: number, durationMs: number): number {
  return lastMediaMs < durationMs - END_MS ? lastMediaMs : 0;
}
