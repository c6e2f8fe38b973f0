import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { arrangeClasses, type ClassTable } from './class-table';
import { listManagedClasses } from './list-managed-classes.server';
import type { ManagedClassRow } from './managed-class-row';

/** The viewer's classes as a table shows them, for export; leaves an audit row. Throws Forbidden like the list. */
export async function exportClasses(
  db: Db,
  viewer: Viewer,
  input: { table: ClassTable; today: string; now: number },
): Promise<ManagedClassRow[]> {
  const rows = arrangeClasses(await listManagedClasses(db, viewer, input.today), input.table);
  await recordAudit(db, {
    at: input.now,
    actorId: viewer.personId,
    organizationId: input.table.organizationId || null,
    action: 'export-classes',
    subjectType: 'class-list',
    subjectId: 'all',
    detail: { ...input.table, rows: rows.length },
  });
  return rows;
}
