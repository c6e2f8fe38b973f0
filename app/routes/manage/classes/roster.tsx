import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { getManagedOrganization } from '~/domain/organizations/managed-organization.server';
import { rosterMessages } from '~/i18n/messages/roster';
import { pageTitle } from '~/i18n/page-title';
import { signedIn, type SignedInArgs } from '~/web/page.server';
import { answerRoster, showRoster, type RosterDesk } from '../people/roster-desk.server';
import { RosterView } from '../people/roster-view';

export const meta = pageTitle(rosterMessages, (text) => text.title);

async function deskOf({ params, context, viewer }: SignedInArgs): Promise<RosterDesk> {
  const found = await getManagedClass(context.db, viewer, params.classId ?? '');
  const organization = await getManagedOrganization(context.db, viewer, found.organizationId);
  return { organization, trainingClass: { id: found.id, title: found.title } };
}

export const loader = signedIn(async (args) => showRoster(args, await deskOf(args)));
export const action = signedIn(async (args) => answerRoster(args, await deskOf(args)));

export default RosterView;
