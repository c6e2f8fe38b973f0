import type { Range } from '~/domain/class-hours/ranges';
import type { MarkedOrganization } from '~/ui/organization-mark';

/** What the loader of a lesson tells its view. */
export interface LessonPage {
  personId: string;
  enrollmentId: string;
  articleHtml: string;
  producer: MarkedOrganization;
  media: { id: string; state: string; durationMs: number } | null;
  playable: boolean;
  captions: readonly { language: string; label: string }[];
  coverage: readonly Range[];
  spentMs: number;
  maxSpeed: number;
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
  open: boolean;
  creditedTodayMs: number;
  playFromMs?: number | undefined;
}
