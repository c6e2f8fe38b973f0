import type { Trx } from '~db/client.server';
import { NotFound } from '../shared/errors';

export interface LockedClass {
  id: string;
  organizationId: string;
  capacity: number;
  startsOn: string;
  endsOn: string;
  openToApplications: boolean;
}

/**
 * Takes the class's row for the rest of the transaction, so that places are given one after another on
 * both engines. Throws NotFound for an unknown class.
 */
export async function lockClass(trx: Trx, classId: string): Promise<LockedClass> {
  await trx
    .updateTable('training_class')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', classId)
    .execute();
  const row = await trx
    .selectFrom('training_class')
    .select(['organization_id', 'capacity', 'starts_on', 'ends_on', 'open_to_applications'])
    .where('id', '=', classId)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return {
    id: classId,
    organizationId: row.organization_id,
    capacity: row.capacity,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    openToApplications: row.open_to_applications === 1,
  };
}

/** How many places are taken: enrolled and completed learners. Call it under the lock. */
export async function countPlacesTaken(trx: Trx, classId: string): Promise<number> {
  const { taken } = await trx
    .selectFrom('enrollment')
    .select((eb) => eb.fn.countAll<number>().as('taken'))
    .where('class_id', '=', classId)
    .where('status', 'in', ['enrolled', 'completed'])
    .executeTakeFirstOrThrow();
  return Number(taken);
}
