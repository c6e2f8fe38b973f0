import { sql } from 'kysely';
import { randomInt } from 'node:crypto';
import type { Trx } from '~db/client.server';
import { evidenceMoment } from './moment.server';

/** A learner under lock until the transaction ends. */
export interface LockedLearner {
  /** The number of their newest session, 0 before the first. */
  lastNumber: number;
  /** Server time of what happens in this transaction, epoch ms; a learner's moments never run back. */
  moment: number;
  /** The end of the last valid time that is folded, epoch ms; 0 before there is any. */
  foldedToAt: number;
  /** Valid time in classes that ask for presence, ms, and how much of it there was at the last check passed. */
  presenceSpentMs: number;
  presenceBaseMs: number;
  /** Where between the rule set's bounds the next check is due; 0 to below 1. */
  presenceDraw: number;
  /** When the check was asked that is not passed yet, epoch ms, or null. */
  openCheckAt: number | null;
  lastCheckPassedAt: number | null;
}

const DRAWS = 1_000_000;

/** A new random draw as it is stored; nobody outside can tell when the next check comes. */
export const drawPresence = (): number => randomInt(DRAWS);

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
    .values(
      ids.map((person_id) => ({
        person_id,
        last_number: 0,
        last_at: moment,
        folded_to_at: 0,
        presence_spent_ms: 0,
        presence_base_ms: 0,
        presence_draw: drawPresence(),
        open_check_at: null,
        last_check_passed_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet({
        last_at: sql`case when excluded.last_at > learner_stream.last_at
          then excluded.last_at else learner_stream.last_at end`,
      }),
    )
    .returningAll()
    .execute();
  return new Map(
    rows.map((row): [string, LockedLearner] => [
      row.person_id,
      {
        lastNumber: row.last_number,
        moment: row.last_at,
        foldedToAt: row.folded_to_at,
        presenceSpentMs: row.presence_spent_ms,
        presenceBaseMs: row.presence_base_ms,
        presenceDraw: row.presence_draw / DRAWS,
        openCheckAt: row.open_check_at,
        lastCheckPassedAt: row.last_check_passed_at,
      },
    ]),
  );
}

/** Where a learner's fold has come to. */
export interface LearnerProgress {
  personId: string;
  foldedToAt: number;
  presenceSpentMs: number;
}

/** Writes how far learners under lock are folded. */
export async function saveProgress(trx: Trx, learners: readonly LearnerProgress[]): Promise<void> {
  if (learners.length === 0) return;
  await trx
    .insertInto('learner_stream')
    .values(
      learners.map(({ personId, foldedToAt, presenceSpentMs }) => ({
        person_id: personId,
        last_number: 0,
        last_at: 0,
        folded_to_at: foldedToAt,
        presence_spent_ms: presenceSpentMs,
        presence_base_ms: 0,
        presence_draw: 0,
        open_check_at: null,
        last_check_passed_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet((eb) => ({
        folded_to_at: eb.ref('excluded.folded_to_at'),
        presence_spent_ms: eb.ref('excluded.presence_spent_ms'),
      })),
    )
    .execute();
}
