import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import {
  reportAttribution,
  type AttributionQuestion,
  type AttributionReport,
} from './report-attribution.server';

/** The report as asked for, with an audit row that says so. Throws what `reportAttribution` throws. */
export async function exportAttribution(
  db: Db,
  viewer: Viewer,
  question: AttributionQuestion,
  now: number,
): Promise<AttributionReport> {
  return db.transaction().execute(async (trx) => {
    const report = await reportAttribution(trx, viewer, question);
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: question.filter.organizationId ?? null,
      action: 'export-attribution',
      subjectType: 'attribution',
      subjectId: question.by,
      detail: { ...question.filter, rows: report.rows.length },
    });
    return report;
  });
}
