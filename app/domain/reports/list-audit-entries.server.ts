import { sql, type RawBuilder } from 'kysely';
import type { Db } from '~db/client.server';
import type { AuditFilter } from '../audit/audit-filter';
import { boundsOfDay } from '../class-hours/platform-day';

export interface AuditEntry {
  id: string;
  at: number;
  /** Null: the platform itself. */
  actorName: string | null;
  organizationName: string | null;
  action: string;
  /** The name of the person, organization, class or course it is about. */
  subject: string | null;
  /** The class, where the subject is somebody's enrollment. */
  className: string | null;
  detail: Record<string, unknown>;
}

/** The audit log, newest first, for bureau administrators; `next` continues the list. Days are cut in `zone`. */
export async function listAuditEntries(
  db: Db,
  filter: AuditFilter,
  page: { zone: string; limit: number },
): Promise<{ rows: AuditEntry[]; next: string | undefined }> {
  const pattern = `%${filter.actor
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
  const name: RawBuilder<string | null> = sql`coalesce(subject_person.name, learner.name,
    subject_organization.name, subject_class.title, subject_course.title)`;
  const rows = await db
    .selectFrom('audit_entry')
    .leftJoin('person as actor', 'actor.id', 'audit_entry.actor_id')
    .leftJoin('organization', 'organization.id', 'audit_entry.organization_id')
    .leftJoin('person as subject_person', 'subject_person.id', 'audit_entry.subject_id')
    .leftJoin(
      'organization as subject_organization',
      'subject_organization.id',
      'audit_entry.subject_id',
    )
    .leftJoin('training_class as subject_class', 'subject_class.id', 'audit_entry.subject_id')
    .leftJoin('course as subject_course', 'subject_course.id', 'audit_entry.subject_id')
    .leftJoin('enrollment', 'enrollment.id', 'audit_entry.subject_id')
    .leftJoin('person as learner', 'learner.id', 'enrollment.person_id')
    .leftJoin('training_class as learners_class', 'learners_class.id', 'enrollment.class_id')
    .select([
      'audit_entry.id',
      'audit_entry.at',
      'audit_entry.action',
      'audit_entry.detail',
      'actor.name as actorName',
      'organization.name as organizationName',
      'learners_class.title as className',
      name.as('subject'),
    ])
    .$if(filter.actor.trim() !== '', (query) =>
      query.where(sql<boolean>`lower(actor.name) like ${pattern} escape '\\'`),
    )
    .$if(filter.action !== '', (query) => query.where('audit_entry.action', '=', filter.action))
    .$if(filter.organization !== '', (query) =>
      query.where('audit_entry.organization_id', '=', filter.organization),
    )
    .$if(filter.from !== undefined, (query) =>
      query.where('audit_entry.at', '>=', boundsOfDay(filter.from ?? '', page.zone).fromAt),
    )
    .$if(filter.to !== undefined, (query) =>
      query.where('audit_entry.at', '<', boundsOfDay(filter.to ?? '', page.zone).toAt),
    )
    .$if(filter.after !== undefined, (query) =>
      query.where('audit_entry.id', '<', filter.after ?? ''),
    )
    .orderBy('audit_entry.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  return {
    rows: shown.map((row) => ({ ...row, detail: readDetail(row.detail) })),
    next: rows.length > page.limit ? shown.at(-1)?.id : undefined,
  };
}

function readDetail(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
