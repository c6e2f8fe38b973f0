import type { Db } from '~db/client.server';
import { reachOf } from '../class-hours/session-reach.server';
import { sumInterest, type InterestSlice, type Viewing } from './interest';

export interface LessonInterest {
  /** People who studied the lesson, in any class, and how many of them completed it. */
  viewers: number;
  finished: number;
  /** How many of the newest viewings the slices are drawn from. */
  viewings: number;
  slices: InterestSlice[];
}

const SLICES = 100;
/** What one look may read: the newest viewings, until they have this many beats. */
const MOST_VIEWINGS = 300;
const MOST_BEATS = 20_000;

/**
 * Where a lesson's video is watched, watched again, paused and left, from its newest viewings: no names, and a
 * bounded number of rows however many study it. Only beats of this video count. Check the caller's reach before.
 */
export async function getLessonInterest(
  db: Db,
  lesson: { lessonId: string; mediaId: string; durationMs: number },
): Promise<LessonInterest> {
  const { lessonId, mediaId, durationMs } = lesson;
  const [counts, newest] = await Promise.all([
    db
      .selectFrom('lesson_total')
      .select((eb) => ['complete', eb.fn.countAll<number>().as('count')])
      .where('lesson_id', '=', lessonId)
      .groupBy('complete')
      .execute(),
    db
      .selectFrom('watch_session')
      .leftJoin('session_total', 'session_total.session_id', 'watch_session.id')
      .leftJoin('learner_stream', (join) =>
        join
          .onRef('learner_stream.person_id', '=', 'watch_session.person_id')
          .onRef('learner_stream.playing_session_id', '=', 'watch_session.id'),
      )
      .select(['watch_session.id', 'watch_session.enrollment_id'])
      .select(reachOf('last_seq').$notNull().as('last_seq'))
      .where('watch_session.lesson_id', '=', lessonId)
      .where('watch_session.media_id', '=', mediaId)
      .where(reachOf('last_seq'), 'is not', null)
      .orderBy('watch_session.started_at', 'desc')
      .limit(MOST_VIEWINGS)
      .execute(),
  ]);
  const countOf = (complete: number) =>
    Number(counts.find((row) => row.complete === complete)?.count ?? 0);
  let beats = 0;
  const read = newest.filter((session) => (beats += session.last_seq) <= MOST_BEATS).reverse();
  const viewings = durationMs > 0 ? await readViewings(db, read) : [];
  return {
    viewers: countOf(0) + countOf(1),
    finished: countOf(1),
    viewings: viewings.length,
    slices: viewings.length > 0 ? sumInterest(viewings, durationMs, SLICES) : [],
  };
}

async function readViewings(
  db: Db,
  sessions: readonly { id: string; enrollment_id: string }[],
): Promise<Viewing[]> {
  if (sessions.length === 0) return [];
  const rows = await db
    .selectFrom('beat')
    .select(['session_id', 'media_from_ms', 'media_to_ms', 'wall_from_ms', 'wall_to_ms'])
    .where(
      'session_id',
      'in',
      sessions.map((session) => session.id),
    )
    .orderBy('session_id')
    .orderBy('seq')
    .execute();
  const stretches = new Map<string, Viewing['stretches'][number][]>();
  for (const row of rows) {
    const own = stretches.get(row.session_id) ?? [];
    stretches.set(row.session_id, own);
    own.push({
      mediaFromMs: row.media_from_ms,
      mediaToMs: row.media_to_ms,
      wallFromMs: row.wall_from_ms,
      wallToMs: row.wall_to_ms,
    });
  }
  return sessions.flatMap((session) => {
    const own = stretches.get(session.id);
    return own ? [{ viewer: session.enrollment_id, stretches: own }] : [];
  });
}
