import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { getManagedOrganization } from '~/domain/organizations/managed-organization.server';
import { Forbidden } from '~/domain/shared/errors';
import { rosterMessages } from '~/i18n/messages/roster';
import { pageTitle } from '~/i18n/page-title';
import { signedIn, type SignedInArgs } from '~/web/page.server';
import { answerRoster, showRoster, type RosterDesk } from './roster-desk.server';
import { RosterView } from './roster-view';

export const meta = pageTitle(rosterMessages, (text) => text.title);

async function deskOf({ request, context, viewer }: SignedInArgs): Promise<RosterDesk> {
  const wanted = new URL(request.url).searchParams.get('organization');
  const id = wanted ?? (await listManagedOrganizations(context.db, viewer))[0]?.id;
  if (!id) throw new Forbidden();
  const organization = await getManagedOrganization(context.db, viewer, id);
  return { organization, trainingClass: null };
}

export const loader = signedIn(async (args) => showRoster(args, await deskOf(args)));
export const action = signedIn(async (args) => answerRoster(args, await deskOf(args)));

export default RosterView;
