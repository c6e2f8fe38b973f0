import type { Db, Trx } from '~db/client.server';
import { hashSecret } from '../accounts/secret-hash.server';
import { inChunks } from '../shared/in-chunks';
import { drawSignals } from './draw-signals';
import { loadLearnerFacts } from './load-learner-facts.server';
import { readSessionTraits } from './read-session-traits.server';
import type { Signal } from './signal';

const ROWS_A_STATEMENT = 500;

/**
 * Draws one learner's signals anew from what is stored, and answers which other people's devices met theirs since
 * the last time: theirs are to be drawn too. Reads only the beats that came since. May run at any time, in several
 * processes; nothing but the rebuildable tables is written. `now` is epoch ms; days in `zone`.
 */
export async function refreshLearnerSignals(
  db: Db,
  personId: string,
  { zone, now }: { zone: string; now: number },
): Promise<string[]> {
  const stream = await db
    .selectFrom('learner_stream')
    .select('last_at')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  await readSessionTraits(db, personId, zone);
  return db.transaction().execute(async (trx) => {
    // Evidence that comes while we read has a later moment, and so is due again.
    const scan = { person_id: personId, seen_to_at: stream?.last_at ?? 0, scanned_at: now };
    const before = await trx
      .selectFrom('signal_scan')
      .select('seen_to_at')
      .where('person_id', '=', personId)
      .executeTakeFirst();
    await trx
      .insertInto('signal_scan')
      .values(scan)
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(scan))
      .execute();
    const facts = await loadLearnerFacts(trx, personId);
    await replaceSignals(trx, personId, drawSignals(facts, zone));
    const met = facts.meetings.filter((one) => one.toAt > (before?.seen_to_at ?? 0));
    return [...new Set(met.map((one) => one.otherPersonId))];
  });
}

/** Writes what differs, so that a look that finds nothing new costs nothing. */
async function replaceSignals(
  trx: Trx,
  personId: string,
  signals: readonly Signal[],
): Promise<void> {
  const enrollments = await trx
    .selectFrom('enrollment')
    .select(['id', 'class_id'])
    .where('person_id', '=', personId)
    .execute();
  if (enrollments.length === 0) return;
  const stored = await trx
    .selectFrom('signal')
    .selectAll()
    .where(
      'enrollment_id',
      'in',
      enrollments.map(({ id }) => id),
    )
    .execute();
  const classOf = new Map(enrollments.map((row) => [row.id, row.class_id]));
  const before = new Map(stored.map((row) => [row.id, row]));
  const rows = signals.map(({ id, enrollmentId, day, measure, evidence }) => ({
    // Opaque, because it is shown and the subject may be another person.
    id: hashSecret(id),
    class_id: classOf.get(enrollmentId)!,
    enrollment_id: enrollmentId,
    kind: evidence.kind,
    day,
    measure,
    evidence: JSON.stringify(evidence),
  }));
  const ids = new Set(rows.map(({ id }) => id));
  const gone = stored.map(({ id }) => id).filter((id) => !ids.has(id));
  for (const part of inChunks(gone, ROWS_A_STATEMENT)) {
    await trx.deleteFrom('signal').where('id', 'in', part).execute();
  }
  const changed = rows.filter((row) => {
    const known = before.get(row.id);
    return known?.measure !== row.measure || known.evidence !== row.evidence;
  });
  for (const part of inChunks(changed, ROWS_A_STATEMENT)) {
    await trx
      .insertInto('signal')
      .values(part)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          measure: eb.ref('excluded.measure'),
          evidence: eb.ref('excluded.evidence'),
        })),
      )
      .execute();
  }
}
