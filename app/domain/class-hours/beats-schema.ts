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

const MOST_BEATS = 200;

/** The body of POST /api/watch-sessions/{id}/beats. */
export const beatsBody = z.object({ beats: z.array(beat).min(1).max(MOST_BEATS) });

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/**
 * The beats of a body that `beatsBody` accepts, in a fraction of its time; undefined for any other body, of which
 * `beatsBody` tells what is wrong.
 */
export function readPlainBeats(body: unknown): SentBeat[] | undefined {
  const given = (body as { beats?: unknown } | null | undefined)?.beats;
  if (!Array.isArray(given) || given.length < 1 || given.length > MOST_BEATS) return undefined;
  const beats: SentBeat[] = [];
  for (const one of given as unknown[]) {
    if (typeof one !== 'object' || one === null) return undefined;
    const { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible } = one as Partial<SentBeat>;
    if (!isWhole(seq, 1, LARGEST_SEQ) || typeof visible !== 'boolean') return undefined;
    if (!isWhole(wallFromMs, 0, LONGEST_WALL_MS) || !isWhole(mediaFromMs, 0, LONGEST_WALL_MS)) {
      return undefined;
    }
    if (!isWhole(wallToMs, wallFromMs, LONGEST_WALL_MS)) return undefined;
    if (!isWhole(mediaToMs, mediaFromMs, LONGEST_WALL_MS)) return undefined;
    beats.push({ seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible });
  }
  return beats;
}

/** The beats that run more than 1 s over the lesson's length. */
export function findOverrun(beats: readonly SentBeat[], durationMs: number): FieldError[] {
  const found: FieldError[] = [];
  beats.forEach(({ mediaToMs }, index) => {
    if (mediaToMs <= durationMs + OVERRUN_MS) return;
    const pointer = `/beats/${index}/mediaToMs`;
    found.push({ pointer, message: 'must not be over the length by 1 s' });
  });
  return found;
}
