import type { Db } from '~db/client.server';

export interface Application {
  enrollmentId: string;
  personId: string;
  name: string;
  appliedAt: number;
  /** Where the person learns, as far as they do. */
  organizationNames: string[];
}

/** The applications to a class that wait for a decision, the oldest first. */
export async function listApplications(db: Db, classId: string): Promise<Application[]> {
  const rows = await db
    .selectFrom('enrollment')
    .innerJoin('person', 'person.id', 'enrollment.person_id')
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.person_id', '=', 'enrollment.person_id')
        .on('membership.role', '=', 'learner')
        .on('membership.ended_at', 'is', null),
    )
    .leftJoin('organization', 'organization.id', 'membership.organization_id')
    .select((eb) => [
      'enrollment.id',
      'enrollment.person_id',
      'person.name',
      'organization.name as organization_name',
      eb
        .selectFrom('enrollment_status')
        .select((status) => status.fn.max('from_at').as('at'))
        .whereRef('enrollment_status.enrollment_id', '=', 'enrollment.id')
        .as('applied_at'),
    ])
    .where('enrollment.class_id', '=', classId)
    .where('enrollment.status', '=', 'applied')
    .orderBy('applied_at')
    .orderBy('enrollment.id')
    .orderBy('membership.id')
    .execute();
  const applications = new Map<string, Application>();
  for (const row of rows) {
    const known = applications.get(row.id) ?? {
      enrollmentId: row.id,
      personId: row.person_id,
      name: row.name,
      appliedAt: Number(row.applied_at ?? 0),
      organizationNames: [],
    };
    if (row.organization_name !== null) known.organizationNames.push(row.organization_name);
    applications.set(row.id, known);
  }
  return [...applications.values()];
}
