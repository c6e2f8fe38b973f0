import type { DatabaseClient } from '~db/client.server';
import { createBeatStore, type BeatStore } from './domain/class-hours/beat-store.server';
import type { Clock } from './infra/clock.server';
import { startBeatThread } from './start-beat-thread';

/** Where a server process stores beats: on SQLite in a thread of its own; PostgreSQL is a process of its own. */
export function openBeatStore(
  { db, file, turns }: DatabaseClient,
  given: { clock: Clock; zone: string; lost: (error: Error) => void },
): BeatStore {
  return file !== undefined && turns
    ? startBeatThread({ file, turns, ...given })
    : createBeatStore({ db, ...given });
}
