import type { DatabaseClient } from '~db/client.server';
import type { BeatStore } from './domain/class-hours/beat-store.server';
import { openFlushedBeatStore } from './flushed-beat-store';
import type { Clock } from './infra/clock.server';
import { startBeatThread } from './start-beat-thread';

/** Where a server process stores beats: in a thread of its own. */
export function openBeatStore(
  { url, clockDriven, file, turns }: DatabaseClient,
  given: { clock: Clock; zone: string; lost: (error: Error) => void },
): BeatStore {
  return file !== undefined && turns
    ? openFlushedBeatStore({ file, turns, ...given })
    : startBeatThread({ opening: () => ({ url, clockDriven }), ...given });
}
