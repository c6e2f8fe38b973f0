import type { Range } from '~/domain/class-hours/ranges';
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
}
