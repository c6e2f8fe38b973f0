import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { evidenceMoment } from './moment.server';

/** A learner under lock until the transaction ends. */
export interface LockedLearner {
  /** The number of their newest session, 0 before the first. */
  lastNumber: number;
  /** Server time of what happens in this transaction, epoch ms; a learner's moments never run back. */
  moment: number;
}

/**
 * Locks the learners' streams, in one order for all transactions, and moves their clocks on. It is the first
 * statement of whatever stores evidence: on SQLite it takes the write lock before anything is read.
 */
export async function lockLearners(
  trx: Trx,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, LockedLearner>> {
  const ids = [...new Set(personIds)].sort();
  const moment = evidenceMoment(trx, now);
  const rows = await trx
    .insertInto('learner_stream')
    .values(ids.map((person_id) => ({ person_id, last_number: 0, last_at: moment })))
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet({
        last_at: sql`case when excluded.last_at > learner_stream.last_at
          then excluded.last_at else learner_stream.last_at end`,
      }),
    )
    .returning(['person_id', 'last_number', 'last_at'])
    .execute();
  return new Map(
    rows.map((row) => [row.person_id, { lastNumber: row.last_number, moment: row.last_at }]),
  );
}
