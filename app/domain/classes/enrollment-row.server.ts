import type { Trx } from '~db/client.server';
import type { EnrollmentStatus } from '~db/tables/classes';
import { NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';

/** The one enrollment of a learner in a class, or undefined. */
export function findEnrollment(
  trx: Trx,
  classId: string,
  personId: string,
): Promise<{ id: string; status: EnrollmentStatus } | undefined> {
  return trx
    .selectFrom('enrollment')
    .select(['id', 'status'])
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

/** A new enrollment row, without its dated status; throws NotFound for an unknown or disabled person. */
export async function addEnrollment(
  trx: Trx,
  enrollment: { classId: string; personId: string; status: EnrollmentStatus; now: number },
): Promise<string> {
  const person = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', enrollment.personId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!person) throw new NotFound();
  const id = newId();
  await trx
    .insertInto('enrollment')
    .values({
      id,
      class_id: enrollment.classId,
      person_id: enrollment.personId,
      status: enrollment.status,
      created_at: enrollment.now,
    })
    .execute();
  return id;
}
