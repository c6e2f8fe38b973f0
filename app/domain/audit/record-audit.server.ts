import type { Db, Trx } from '~db/client.server';
import { newId } from '../shared/new-id.server';

export interface AuditRecord {
  at: number;
  /** Null: the platform itself. */
  actorId: string | null;
  organizationId: string | null;
  /** verb-noun. */
  action: string;
  subjectType: string;
  subjectId: string;
  detail?: Record<string, unknown>;
}

/** Writes who did what to the audit log; call it inside the transaction of what it tells of. */
export async function recordAudit(trx: Trx | Db, record: AuditRecord): Promise<void> {
  await trx
    .insertInto('audit_entry')
    .values({
      id: newId(),
      at: record.at,
      actor_id: record.actorId,
      organization_id: record.organizationId,
      action: record.action,
      subject_type: record.subjectType,
      subject_id: record.subjectId,
      detail: JSON.stringify(record.detail ?? {}),
    })
    .execute();
}
