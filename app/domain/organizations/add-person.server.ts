import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { Invalid } from '../shared/errors';
import { addPeople, planPeople, type AddedPerson } from './add-people.server';
import { getManagedOrganization } from './managed-organization.server';
import type { PersonEntry } from './people-plan';

/**
 * Adds one person to an organization the viewer manages, or links the one who has the phone number.
 * Throws Invalid on the field whose login name is somebody else's.
 */
export async function addPerson(
  db: Db,
  input: { organizationId: string; entry: PersonEntry; viewer: Viewer; now: number },
): Promise<AddedPerson> {
  const organization = await getManagedOrganization(db, input.viewer, input.organizationId);
  return db.transaction().execute(async (trx) => {
    const [plan] = await planPeople(trx, organization, [input.entry]);
    if (plan?.fault) throw new Invalid([{ pointer: `/${plan.field}`, message: plan.fault }]);
    const [added] = await addPeople(trx, {
      organization,
      entries: [input.entry],
      byPersonId: input.viewer.personId,
      now: input.now,
    });
    if (!added) throw new Error('nobody was added');
    return added;
  });
}
