import type { Part } from './first-parts';

/** What a page knows of its video before it asks: how to begin to play it in one round trip. */
export interface MediaAhead {
  /** The master playlist itself. */
  master: string;
  /** The address of the playlist of the smallest picture, with which playing begins. */
  playlist: string;
  /** The init part, then the first segments, with the learner's own links. */
  parts: Part[];
}
