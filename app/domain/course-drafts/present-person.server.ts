import type { Viewer } from '../accounts/viewer.server';
import type { Writer } from '../shared/live-line';

/** How somebody is shown to the others who are there: by name, with the organization for which they are. */
export function presentPerson(
  viewer: Viewer,
  authorFor: string | undefined,
  writes: boolean,
): Writer {
  const shown =
    viewer.memberships.find(({ organizationId }) => organizationId === authorFor) ??
    viewer.memberships[0];
  return {
    personId: viewer.personId,
    name: viewer.name,
    organization: shown?.name ?? '',
    mark: shown?.mark ?? '',
    kind: shown?.kind ?? 'bureau',
    writes,
  };
}
