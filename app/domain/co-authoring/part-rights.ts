/** A chapter, or a lesson, which lies open where its chapter does. */
export interface Part {
  producerOrganizationId: string;
  openToPartners: boolean;
}

/** Who looks at a course, as far as rights in its parts go. */
export interface CourseSide {
  /** The organization for which the person writes; undefined for those who are no author. */
  authorFor: string | undefined;
  leadOrganizationId: string;
  /** Those that make the course now. */
  organizationIds: readonly string[];
}

/** Who answers for what an organization produced: itself, or the lead organization once it has left. */
export function answeringFor(
  { leadOrganizationId, organizationIds }: Omit<CourseSide, 'authorFor'>,
  organizationId: string,
): string {
  return organizationIds.includes(organizationId) ? organizationId : leadOrganizationId;
}

/** Whether the person writes for whoever answers for the part. */
export function ownsPart(side: CourseSide, part: Pick<Part, 'producerOrganizationId'>): boolean {
  return side.authorFor === answeringFor(side, part.producerOrganizationId);
}

/** Whether the person edits the part: their organization's, or one that lies open to all partners. */
export function editsPart(side: CourseSide, part: Part): boolean {
  return side.authorFor !== undefined && (part.openToPartners || ownsPart(side, part));
}

/**
 * Whether the person changes a video (captions, sections, poster): their organization's, or one that is shown only
 * where they edit.
 */
export function editsMedia(
  side: CourseSide,
  organizationId: string,
  shownIn: readonly Part[],
): boolean {
  if (ownsPart(side, { producerOrganizationId: organizationId })) return true;
  return shownIn.length > 0 && shownIn.every((part) => editsPart(side, part));
}

/** Whether the person writes for the organization that leads the course: its settings and the order of chapters. */
export const leadsCourse = ({ authorFor, leadOrganizationId }: CourseSide): boolean =>
  authorFor === leadOrganizationId;
