import type { BeatAnswer, BeatPost } from './domain/class-hours/record-beats.server';

/** What the thread that serves asks of the one that stores; `now` is the moment of arrival, epoch ms. */
export interface BeatsToStore {
  now: number;
  posts: readonly BeatPost[];
}

/** What the thread answers: `reached` is the latest moment that it stored, epoch ms. */
export type StoredBeats =
  | { answers: BeatAnswer[]; reached: number }
  | {
      failed: {
        name: string;
        message: string;
        stack: string | undefined;
        code: string | undefined;
      };
    };
