import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Writer } from '../shared/live-line';

/** More than a cursor needs. */
const LONGEST_STATE = 2_000;

/**
 * A browser's news about cursors, as others may see it: only clients that `owns` lets pass, each with
 * its cursor and the writer the server knows. Throws where it cannot be read.
 */
export function showPresence(
  update: Uint8Array,
  writer: Writer,
  owns: (client: number) => boolean,
): Uint8Array {
  const decoder = decoding.createDecoder(update);
  const states: { client: number; clock: number; state: string }[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = decoding.readVarString(decoder);
    if (state.length > LONGEST_STATE) throw new Error('a state too long');
    if (owns(client)) states.push({ client, clock, state: shownState(state, writer) });
  }
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, states.length);
    for (const { client, clock, state } of states) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state);
    }
  });
}

function shownState(text: string, writer: Writer): string {
  const state = JSON.parse(text) as { cursor?: unknown } | null;
  if (state === null) return 'null';
  return JSON.stringify({ user: writer, cursor: state.cursor ?? null });
}
