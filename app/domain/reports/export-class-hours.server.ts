import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import type { ClassHourFilter, Grouping } from './class-hour-filter';
import { getClassHourScope } from './class-hour-scope.server';
import { reportClassHours, type ClassHourReport } from './list-class-hour-totals.server';
import type { RowRange } from './order-rows';

/**
 * Everything a filter leaves, in the order given, with the total of the same moment; leaves an audit row.
 * Throws what `getClassHourScope` throws.
 */
export async function exportClassHours(
  db: Db,
  viewer: Viewer,
  input: {
    filter: ClassHourFilter;
    by: Grouping;
    range: Pick<RowRange, 'order' | 'descending'>;
    now: number;
  },
): Promise<ClassHourReport> {
  const { filter, by } = input;
  const scope = await getClassHourScope(db, viewer, filter);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const report = await reportClassHours(trx, scope, filter, by, input.range);
      await recordAudit(trx, {
        at: input.now,
        actorId: viewer.personId,
        organizationId: filter.organizationId ?? null,
        action: 'export-class-hours',
        subjectType: 'class-hours',
        subjectId: by,
        detail: { ...filter, rows: report.rows.length },
      });
      return report;
    });
}
