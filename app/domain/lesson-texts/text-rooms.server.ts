import type { Db } from '~db/client.server';
import { NotFound, Unavailable } from '../shared/errors';
import { SIGN_OF_LIFE_MS } from '../shared/live-line';
import { deriveArticle, listLaggingTexts } from './derive-article.server';
import { openLessonText } from './open-lesson-text.server';
import { TextRoom } from './text-room.server';

const TICK_MS = 500;
/** How long others' edits (another server's, a restore) may stay unseen here. */
const CATCH_UP_MS = 1_000;
/** The article follows when nobody has written for so long, or somebody writes without a pause. */
const QUIET_MS = 1_000;
const LAG_MS = 5_000;
const IDLE_ROOM_MS = 10_000;
const MOST_ROOMS = 500;

export interface TextRooms {
  /** The room of a lesson's text, loaded. NotFound without the lesson, Unavailable when too many are open. */
  open(lessonId: string): Promise<TextRoom>;
  /** Closes every connection, stores and derives what is left. */
  close(): Promise<void>;
}

/** The texts that this process has open, with the rounds that keep them: catching up, deriving, forgetting. */
export function createTextRooms(given: {
  db: Db;
  now: () => number;
  failed: (error: unknown) => void;
}): TextRooms {
  const { db, failed } = given;
  const rooms = new Map<string, Promise<TextRoom>>();
  const loaded = new Map<string, TextRoom>();

  const load = async (lessonId: string): Promise<TextRoom> => {
    const room = new TextRoom(lessonId, await openLessonText(db, lessonId, given.now()), given);
    loaded.set(lessonId, room);
    return room;
  };

  const derive = async (room: TextRoom): Promise<void> => {
    const { lagsSince } = room;
    room.lagsSince = undefined;
    try {
      await room.queue.settle();
      await deriveArticle(db, room.lessonId);
    } catch (error) {
      room.lagsSince ??= lagsSince;
      throw error;
    }
  };

  const tend = async (room: TextRoom): Promise<void> => {
    const now = performance.now();
    const { lagsSince, editedAt } = room;
    const due = lagsSince !== undefined && (now - editedAt > QUIET_MS || now - lagsSince > LAG_MS);
    if (due) await derive(room);
    const forgotten = room.empty && now - room.usedAt > IDLE_ROOM_MS && room.queue.idle;
    if (!forgotten || room.lagsSince !== undefined) return;
    rooms.delete(room.lessonId);
    loaded.delete(room.lessonId);
    room.end();
  };

  const catchUp = async (): Promise<void> => {
    if (loaded.size === 0) return;
    const rows = await db
      .selectFrom('lesson_text')
      .select(['lesson_id', 'last_number', 'comments_version'])
      .where('lesson_id', 'in', [...loaded.keys()])
      .execute();
    for (const row of rows) {
      const room = loaded.get(row.lesson_id);
      if (room && row.last_number > room.lastNumber && room.queue.idle) await room.catchUp();
      room?.noteComments(row.comments_version);
    }
  };

  let greetedAt = performance.now();
  let caughtUpAt = performance.now();
  const round = async (): Promise<void> => {
    const now = performance.now();
    if (now - greetedAt > SIGN_OF_LIFE_MS) {
      greetedAt = now;
      for (const room of loaded.values()) room.greet();
    }
    if (now - caughtUpAt > CATCH_UP_MS) {
      await catchUp();
      caughtUpAt = performance.now();
    }
    for (const room of loaded.values()) await tend(room);
  };
  let running: Promise<void> | undefined = deriveLagging(db).catch(failed);
  const rest = () => (running = undefined);
  void running.then(rest);
  let ended = false;
  const timer = setInterval(() => {
    running ??= round().catch(failed).finally(rest);
  }, TICK_MS);
  timer.unref();

  return {
    async open(lessonId) {
      if (ended) throw new Unavailable('restarting');
      if (!rooms.has(lessonId) && rooms.size >= MOST_ROOMS) throw new Unavailable('too-many-texts');
      const opening = rooms.get(lessonId) ?? load(lessonId);
      rooms.set(lessonId, opening);
      opening.catch(() => rooms.delete(lessonId));
      const room = await opening;
      room.usedAt = performance.now();
      return room;
    },
    async close() {
      ended = true;
      clearInterval(timer);
      for (const room of loaded.values()) room.end();
      await running;
      for (const room of loaded.values()) {
        await room.queue.settle();
        if (room.lagsSince !== undefined) await deriveArticle(db, room.lessonId).catch(failed);
      }
    },
  };
}

/** What a killed server left behind. */
async function deriveLagging(db: Db): Promise<void> {
  for (const lessonId of await listLaggingTexts(db)) {
    await deriveArticle(db, lessonId).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
    });
  }
}
