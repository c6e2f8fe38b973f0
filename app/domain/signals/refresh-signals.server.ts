import type { Db } from '~db/client.server';
import { readSessionTraits } from './read-session-traits.server';
import { refreshLearnerSignals } from './refresh-learner-signals.server';

const DAY_MS = 24 * 3_600_000;
/** Who studied this long ago is not looked through every day any more. */
const RECENT_MS = 60 * DAY_MS;

/**
 * Draws anew the signals of learners with new evidence, those longest ago first, at most `limit` of them, and of
 * those whose devices met theirs; of recent learners once a day besides, because corrections and other rules move
 * credit without new evidence. With `classId` only learners of that class. Answers how many learners were looked
 * through. `now` is epoch ms; days in `zone`.
 */
export async function refreshSignals(
  db: Db,
  wanted: { classId?: string; limit: number },
  at: { zone: string; now: number },
): Promise<number> {
  const due = await listDue(db, wanted, at.now);
  const done = new Set<string>();
  const met = new Set<string>();
  // A meeting is told by both sides' beats: all are read before any is judged.
  for (const personId of due) await readSessionTraits(db, personId, at.zone);
  for (const personId of due) {
    for (const other of await refreshLearnerSignals(db, personId, at)) met.add(other);
    done.add(personId);
  }
  for (const personId of met) {
    if (done.has(personId)) continue;
    await refreshLearnerSignals(db, personId, at);
    done.add(personId);
  }
  return done.size;
}

async function listDue(
  db: Db,
  { classId, limit }: { classId?: string; limit: number },
  now: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('learner_stream')
    .leftJoin('signal_scan', 'signal_scan.person_id', 'learner_stream.person_id')
    .select('learner_stream.person_id')
    .where((eb) =>
      eb.or([
        eb('signal_scan.seen_to_at', 'is', null),
        eb('learner_stream.last_at', '>', eb.ref('signal_scan.seen_to_at')),
        eb.and([
          eb('signal_scan.scanned_at', '<', now - DAY_MS),
          eb('learner_stream.last_at', '>', now - RECENT_MS),
        ]),
      ]),
    )
    .$if(classId !== undefined, (query) =>
      query.where('learner_stream.person_id', 'in', (eb) =>
        eb
          .selectFrom('enrollment')
          .select('enrollment.person_id')
          .where('enrollment.class_id', '=', classId ?? ''),
      ),
    )
    .orderBy((eb) => eb.fn.coalesce('signal_scan.scanned_at', eb.val(0)))
    .orderBy('learner_stream.person_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.person_id);
}
