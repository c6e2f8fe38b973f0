import { beatLength, type QueuedBeat } from './beat';
import type { BeatsAnswer } from './watch-api';

/** Where in the media counting stopped when another player took over: studying here goes on from there. */
export function firstRefused(
  beats: readonly QueuedBeat[],
  answer: BeatsAnswer,
): number | undefined {
  const refusal = answer.refusals.find(({ clause }) => clause === 'one-stream');
  const beat = beats.find((queued) => queued.beat.seq === refusal?.seq)?.beat;
  if (!beat || !refusal) return undefined;
  const counted = Math.max(0, 1 - refusal.ms / beatLength(beat));
  return beat.mediaFromMs + Math.floor((beat.mediaToMs - beat.mediaFromMs) * counted);
}
