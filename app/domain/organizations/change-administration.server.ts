import type { Db } from '~db/client.server';
import { grantAdministration } from '../accounts/create-administrator.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict, Forbidden, NotFound } from '../shared/errors';

/**
 * Makes a person a bureau administrator, or no longer one; by a bureau administrator. Throws
 * Conflict('own-administration') for one who would end their own, so that there is always one.
 */
export async function changeAdministration(
  db: Db,
  input: { personId: string; administrator: boolean; viewer: Viewer; now: number },
): Promise<void> {
  const { personId, viewer, now } = input;
  if (!viewer.administrator) throw new Forbidden();
  if (!input.administrator && personId === viewer.personId)
    throw new Conflict('own-administration');
  await db.transaction().execute(async (trx) => {
    const person = await trx
      .selectFrom('person')
      .leftJoin('bureau_administrator', 'bureau_administrator.person_id', 'person.id')
      .select(['bureau_administrator.granted_at', 'bureau_administrator.ended_at'])
      .where('person.id', '=', personId)
      .executeTakeFirst();
    if (!person) throw new NotFound();
    const isOne = person.granted_at !== null && person.ended_at === null;
    if (isOne === input.administrator) return;
    if (input.administrator) {
      await grantAdministration(trx, { personId, byPersonId: viewer.personId, now });
      return;
    }
    await trx
      .updateTable('bureau_administrator')
      .set({ ended_at: now })
      .where('person_id', '=', personId)
      .execute();
    await trx
      .updateTable('person')
      .set({ roles_changed_at: now })
      .where('id', '=', personId)
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: null,
      action: 'end-administration',
      subjectType: 'person',
      subjectId: personId,
    });
  });
}
