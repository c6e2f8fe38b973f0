import type { Db, Trx } from '~db/client.server';
import { toText } from './open-lesson-text.server';

/** What one person wrote, for the organization they write for. */
export interface TextEdit {
  personId: string;
  organizationId: string;
  update: Uint8Array;
}

/**
 * Stores edits of a text behind those already there; durable when it answers (or with the caller's transaction),
 * with the number of the last. Their numbers follow one another: writers of one text take turns, over all servers.
 */
export async function appendEdits(
  db: Db | Trx,
  lessonId: string,
  edits: TextEdit[],
  now: number,
): Promise<number> {
  if (db.isTransaction) return append(db, lessonId, edits, now);
  return db.transaction().execute((trx) => append(trx, lessonId, edits, now));
}

async function append(
  trx: Db | Trx,
  lessonId: string,
  edits: TextEdit[],
  now: number,
): Promise<number> {
  const last = edits.at(-1);
  if (!last) throw new Error('no edits');
  const { last_number: lastNumber } = await trx
    .updateTable('lesson_text')
    .set((eb) => ({
      last_number: eb('last_number', '+', edits.length),
      changed_by: last.personId,
      changed_at: now,
    }))
    .where('lesson_id', '=', lessonId)
    .returning('last_number')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('lesson_text_edit')
    .values(
      edits.map((edit, index) => ({
        lesson_id: lessonId,
        number: lastNumber - edits.length + 1 + index,
        person_id: edit.personId,
        organization_id: edit.organizationId,
        content: toText(edit.update),
        written_at: now,
      })),
    )
    .execute();
  return lastNumber;
}
