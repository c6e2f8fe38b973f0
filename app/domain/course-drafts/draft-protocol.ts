import type { Writer } from '../shared/live-line';

/**
 * How a course's draft stands, in words that only compare: they differ once something has changed and say nothing of
 * what. `outline` is chapters, lessons, settings, who makes the course and its candidate; `comments` is what is said.
 */
export interface DraftMarks {
  outline: string;
  comments: string;
}

/** Somebody who has the course's editor open, and where: the id of a chapter, a lesson, or the course itself. */
export interface PersonHere extends Writer {
  at: string | null;
}

/** What the server says over the WebSocket of a course's draft, as JSON. */
export type DraftMessage =
  ({ kind: 'marks' } & DraftMarks) | { kind: 'people'; people: PersonHere[] };

/** Whether nothing has changed between the two. */
export const sameMarks = (one: DraftMarks, other: DraftMarks): boolean =>
  one.outline === other.outline && one.comments === other.comments;
