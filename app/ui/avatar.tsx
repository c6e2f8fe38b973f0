import { OrganizationMark, organizationColor, type MarkedOrganization } from './organization-mark';

/** A person's first character in the colour of their organization, with its mark; the name stands beside it. */
export function Avatar(props: { name: string; organization?: MarkedOrganization }) {
  const { name, organization } = props;
  const background = organization ? organizationColor(organization) : '#46566B';
  return (
    <span className="avatar" style={{ background }} aria-hidden="true">
      {[...name][0]}
      {organization ? <OrganizationMark organization={organization} size={16} /> : null}
    </span>
  );
}
