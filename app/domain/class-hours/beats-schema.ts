import { z } from 'zod';
import type { FieldError } from '../shared/errors';
import type { SentBeat } from './arrival';

/** Ten years: no honest player runs longer, and sums stay far inside whole numbers. */
const LONGEST_WALL_MS = 10 * 366 * 24 * 3_600_000;
const LARGEST_SEQ = 1_000_000_000;
/** What probing and playing may differ by. */
const OVERRUN_MS = 1_000;

const whole = (most: number) => z.number().int().min(0).max(most);

const beat = z
  .object({
    seq: z.number().int().min(1).max(LARGEST_SEQ),
    wallFromMs: whole(LONGEST_WALL_MS),
    wallToMs: whole(LONGEST_WALL_MS),
    mediaFromMs: whole(LONGEST_WALL_MS),
    mediaToMs: whole(LONGEST_WALL_MS),
    visible: z.boolean(),
  })
  .refine((value) => value.wallFromMs <= value.wallToMs, {
    path: ['wallToMs'],
    message: 'must not be before wallFromMs',
  })
  .refine((value) => value.mediaFromMs <= value.mediaToMs, {
    path: ['mediaToMs'],
    message: 'must not be before mediaFromMs',
  });

/** The body of POST /api/watch-sessions/{id}/beats. */
export const beatsBody = z.object({ beats: z.array(beat).min(1).max(200) });

/** The beats that run more than 1 s over the lesson's length. */
export function findOverrun(beats: readonly SentBeat[], durationMs: number): FieldError[] {
  return beats.flatMap(({ mediaToMs }, index) =>
    mediaToMs > durationMs + OVERRUN_MS
      ? [{ pointer: `/beats/${index}/mediaToMs`, message: 'must not be over the length by 1 s' }]
      : [],
  );
}
