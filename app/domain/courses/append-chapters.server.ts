import type { Trx } from '~db/client.server';
import { withOutlineRevision } from '../revisions/keep-revisions.server';
import { newId } from '../shared/new-id.server';

/** Empty chapters at the end of a course's draft, produced by an organization; the caller has checked the right. */
export async function appendChapters(
  trx: Trx,
  added: {
    courseId: string;
    organizationId: string;
    titles: readonly string[];
    personId: string;
    now: number;
  },
): Promise<{ chapterIds: string[] }> {
  const { courseId, organizationId, titles, personId, now } = added;
  const last = await trx
    .selectFrom('chapter')
    .select((eb) => eb.fn.max('position').as('position'))
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  const first = (last?.position ?? 0) + 1;
  const rows = titles.map((title, index) => ({
    ...{ id: newId(), course_id: courseId, title, position: first + index },
    ...{ producer_organization_id: organizationId, version: 1, removed_at: null },
    ...{ changed_by: personId, changed_at: now },
  }));
  await withOutlineRevision(trx, courseId, { personId, organizationId, now }, () =>
    trx.insertInto('chapter').values(rows).execute(),
  );
  return { chapterIds: rows.map((row) => row.id) };
}
