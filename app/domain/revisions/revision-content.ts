import type { CourseSettings } from '../courses/course-settings';

/** What a lesson was. */
export interface LessonContent {
  title: string;
  kind: 'video' | 'article';
  mediaId: string | null;
  articleHtml: string;
  authorId: string;
  producerOrganizationId: string;
  /** Only where one was given. */
  plannedMinutes?: number;
}

/** What a course's outline was: its settings, chapters and which lessons stood where. */
export interface OutlineContent {
  settings: CourseSettings;
  chapters: { id: string; title: string; producerOrganizationId: string; lessonIds: string[] }[];
}

/** How long one person's changes of one thing are one revision, ms. */
export const TOGETHER_MS = 10 * 60_000;

/** The newest revision of something, as far as the next one must know it. */
export interface LatestRevision {
  id: string;
  content: string;
  personId: string;
  organizationId: string | null;
  begunAt: number;
  named: boolean;
}

/**
 * What becomes of a change: nothing where nothing is different, `extend` where the same person for the same
 * organization changed it within ten minutes of beginning and nobody gave that state a name, else a revision of its
 * own. So a paragraph being typed is one revision, and nobody's work is hidden in a colleague's.
 */
export function placeRevision(
  latest: LatestRevision | undefined,
  next: { content: string; personId: string; organizationId: string | null; now: number },
): 'none' | 'extend' | 'add' {
  if (!latest) return 'add';
  if (latest.content === next.content) return 'none';
  const same = latest.personId === next.personId && latest.organizationId === next.organizationId;
  return same && !latest.named && next.now - latest.begunAt < TOGETHER_MS ? 'extend' : 'add';
}
