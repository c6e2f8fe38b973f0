import type { Db, Trx } from '~db/client.server';

/** What never changes of a session once it is opened. */
export interface WatchSession {
  id: string;
  personId: string;
  enrollmentId: string;
  lessonId: string;
  number: number;
  startedAt: number;
  durationMs: number;
}

/** One session by its id, whoever's it is, or undefined. */
export async function findWatchSession(
  db: Db | Trx,
  id: string,
): Promise<WatchSession | undefined> {
  const row = await db
    .selectFrom('watch_session')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    personId: row.person_id,
    enrollmentId: row.enrollment_id,
    lessonId: row.lesson_id,
    number: row.number,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
  };
}
