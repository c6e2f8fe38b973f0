import type { LinkCheckTable } from '~db/tables/courses';
import type { MediaState } from '~db/tables/media';
import { lessonOfLink } from '../lesson-texts/lesson-link';

/** The check list's “must”: why a draft cannot be published; every reason names what to repair. */
export type PublicationObstacle =
  | { kind: 'no-lesson' }
  | ({ kind: 'no-video' } & Place)
  | ({ kind: 'video-not-playable'; state: MediaState } & Place)
  | ({ kind: 'no-text' } & Place)
  | ({ kind: 'lost-lesson'; url: string } & Place)
  | { kind: 'unchanged'; number: number };

/** The check list's “should”: it may be published so, with a note that says why, which the version keeps. */
export type OpenPoint =
  | ({ kind: 'no-captions' | 'author-left' | 'no-plan' } & Place)
  | ({ kind: 'link-unchecked'; url: string } & Place)
  | ({ kind: 'link-fails'; url: string; status: number | null; checkedAt: number } & Place);

interface Place {
  lessonId: string;
  title: string;
}

/** A lesson of the draft, as far as the check list asks. */
export interface CheckedLesson {
  id: string;
  title: string;
  kind: 'video' | 'article';
  mediaState: MediaState | null;
  durationMs: number;
  /** Whether its text says nothing. */
  blank: boolean;
  captioned: boolean;
  /** Whether its author is still named for the organization that produces it, and an instructor there. */
  authorStands: boolean;
  plannedMinutes: number | null;
  /** Where its text leads, as written. */
  links: readonly string[];
}

/** What was found at an address. */
export type LinkFound = Pick<LinkCheckTable, 'outcome' | 'status'> & { checkedAt: number };

/** Whether a video of this state can be watched; `ready` means that nothing more is being made. */
export function isWatchable(state: MediaState | null): boolean {
  return state === 'playable' || state === 'ready';
}

/** Everything that stands in the way of publication, in the order of the lessons; empty when nothing does. */
export function checkPublication(lessons: readonly CheckedLesson[]): PublicationObstacle[] {
  if (lessons.length === 0) return [{ kind: 'no-lesson' }];
  const ids = new Set(lessons.map(({ id }) => id));
  return lessons.flatMap((lesson) => {
    const lost = lesson.links.filter((url) => {
      const target = lessonOfLink(url);
      return target !== undefined && !ids.has(target);
    });
    return [
      ...contentObstacles(lesson),
      ...lost.map((url) => ({ kind: 'lost-lesson' as const, ...placeOf(lesson), url })),
    ];
  });
}

const placeOf = ({ id, title }: CheckedLesson): Place => ({ lessonId: id, title });

function contentObstacles(lesson: CheckedLesson): PublicationObstacle[] {
  const place = placeOf(lesson);
  if (lesson.kind === 'article') return lesson.blank ? [{ kind: 'no-text', ...place }] : [];
  const state = lesson.mediaState;
  if (state === null) return [{ kind: 'no-video', ...place }];
  return isWatchable(state) && lesson.durationMs > 0
    ? []
    : [{ kind: 'video-not-playable', ...place, state }];
}

/** Whether an address lies outside of the platform: whether it works is found by asking it. */
export function isOutside(url: string): boolean {
  return /^https?:\/\//i.test(url) && lessonOfLink(url) === undefined;
}

/** What is open of the check list without standing in the way, in the order of the lessons. */
export function listOpenPoints(
  lessons: readonly CheckedLesson[],
  found: ReadonlyMap<string, LinkFound>,
): OpenPoint[] {
  return lessons.flatMap((lesson) => {
    const place = placeOf(lesson);
    const points: OpenPoint[] = [];
    if (lesson.kind === 'video' && isWatchable(lesson.mediaState) && !lesson.captioned) {
      points.push({ kind: 'no-captions', ...place });
    }
    if (!lesson.authorStands) points.push({ kind: 'author-left', ...place });
    if (lesson.plannedMinutes === null) points.push({ kind: 'no-plan', ...place });
    for (const url of new Set(lesson.links.filter(isOutside))) {
      const check = found.get(url);
      if (!check) points.push({ kind: 'link-unchecked', ...place, url });
      else if (check.outcome !== 'works') {
        const { status, checkedAt } = check;
        points.push({ kind: 'link-fails', ...place, url, status, checkedAt });
      }
    }
    return points;
  });
}
