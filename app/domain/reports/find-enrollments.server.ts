import type { Db } from '~db/client.server';

/** The enrollments that join these people with these classes, by `personId classId`. One side is a single one. */
export async function findEnrollments(
  db: Db,
  sought: { personIds: string[]; classIds: string[] },
): Promise<Map<string, string>> {
  if (sought.personIds.length === 0 || sought.classIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('enrollment')
    .select(['id', 'person_id', 'class_id'])
    .where('person_id', 'in', sought.personIds)
    .where('class_id', 'in', sought.classIds)
    .execute();
  return new Map(rows.map((row) => [`${row.person_id} ${row.class_id}`, row.id]));
}
