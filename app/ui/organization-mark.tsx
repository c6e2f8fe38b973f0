export type OrganizationShape =
  | 'technicianCollege'
  | 'seniorTechnicalSchool'
  | 'technicalSchool'
  | 'enterprise'
  | 'researchInstitute'
  | 'trainingProvider'
  | 'bureau';

export interface MarkedOrganization {
  name: string;
  /** One character. */
  mark: string;
  kind: OrganizationShape;
}

const PALETTE = [
  '#3B4C9B',
  '#8F4A16',
  '#0F6675',
  '#55681A',
  '#6A469E',
  '#9A3526',
  '#82386A',
  '#46566B',
  '#1F6A56',
] as const;
const HEXAGON = 'M6.4 1.6h11.2L23.5 12l-5.9 10.4H6.4L.5 12z';
const DIAMOND = 'M12 .5 23.5 12 12 23.5.5 12z';

/** The organization's colour: one of nine, by its name. A person takes the colour of theirs. */
export function organizationColor(organization: { name: string; kind: OrganizationShape }): string {
  if (organization.kind === 'bureau') return '#1A231F';
  let hash = 25;
  for (const character of organization.name)
    hash = (hash * 131 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return PALETTE[hash % PALETTE.length] ?? PALETTE[0];
}

function Shape({ kind, color }: { kind: OrganizationShape; color: string }) {
  if (kind === 'enterprise') return <path d={HEXAGON} fill={color} />;
  if (kind === 'researchInstitute' || kind === 'trainingProvider')
    return <path d={DIAMOND} fill={color} />;
  if (kind === 'bureau') return <rect x="1" y="1" width="22" height="22" rx="3" fill={color} />;
  return <circle cx="12" cy="12" r="11.5" fill={color} />;
}

/** Shape says the kind, colour the organization; the name stands beside it or in `label`. */
export function OrganizationMark(props: {
  organization: MarkedOrganization;
  size?: number;
  /** Read aloud; leave it out where the name stands beside the mark. */
  label?: string;
}) {
  const { organization, size = 24, label } = props;
  return (
    <svg
      className="organization-mark"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <Shape kind={organization.kind} color={organizationColor(organization)} />
      <text x="12" y="16.2" fill="#fff" fontSize="12" fontWeight="600" textAnchor="middle">
        {organization.mark}
      </text>
    </svg>
  );
}
