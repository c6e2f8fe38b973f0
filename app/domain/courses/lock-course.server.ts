import type { Trx } from '~db/client.server';

/** Lets whoever changes the course's structure, or its candidate, take turns until the transaction ends. */
export async function lockCourse(trx: Trx, courseId: string): Promise<void> {
  await trx
    .updateTable('course')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', courseId)
    .execute();
}
