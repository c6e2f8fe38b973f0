import { Form, useLoaderData } from '@remix-run/react';
import { AUDIT_ACTIONS } from '~/domain/audit/audit-actions';
import { auditFilterSchema } from '~/domain/audit/audit-filter';
import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { listAuditEntries } from '~/domain/reports/list-audit-entries.server';
import { Forbidden } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { auditMessages } from '~/i18n/messages/audit';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Field, SelectField } from '~/ui/field';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import styles from './audit.module.css';

const PAGE = 50;

export const meta = pageTitle(auditMessages, (text) => text.title);

export const loader = signedIn(async ({ request, context, viewer }) => {
  if (!viewer.administrator) throw new Forbidden();
  const search = new URL(request.url).searchParams;
  const filter = auditFilterSchema.parse(Object.fromEntries(search));
  const { zone } = context.settings;
  const [{ rows, next }, organizations] = await Promise.all([
    listAuditEntries(context.db, filter, { zone, limit: PAGE }),
    listManagedOrganizations(context.db, viewer),
  ]);
  const entries = rows.map(({ detail, ...row }) => ({ ...row, detail: JSON.stringify(detail) }));
  return { filter, entries, next, organizations, zone };
});

export default function Audit() {
  const { filter, entries, next } = useLoaderData<typeof loader>();
  const text = useText(auditMessages);
  const filtered = Object.values(filter).some(Boolean);
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        <p className="second">{text.intro}</p>
      </div>
      <Filters />
      {entries.length > 0 ? (
        <Entries />
      ) : (
        <EmptyState
          drawing="caliper"
          title={filtered ? text.noMatch.title : text.empty.title}
          actions={
            filtered ? (
              <Link className="button outlined" to="/manage/audit">
                {text.noMatch.clear}
              </Link>
            ) : null
          }
        >
          {filtered ? text.noMatch.what : text.empty.what}
        </EmptyState>
      )}
      <div className={`row ${styles.pages}`}>
        {filter.after ? <PageLink after={undefined} word={text.newest} /> : null}
        {next ? <PageLink after={next} word={text.older} /> : null}
      </div>
    </>
  );
}

function Filters() {
  const { filter, organizations } = useLoaderData<typeof loader>();
  const text = useText(auditMessages);
  return (
    <Form method="get" role="search" className={styles.filters}>
      <Field label={text.actor} name="actor" type="search" defaultValue={filter.actor} />
      <SelectField label={text.action} name="action" defaultValue={filter.action}>
        <option value="">{text.anyAction}</option>
        {AUDIT_ACTIONS.map((action) => (
          <option key={action} value={action}>
            {text.actions[action]?.name ?? action}
          </option>
        ))}
      </SelectField>
      <SelectField label={text.organization} name="organization" defaultValue={filter.organization}>
        <option value="">{text.anyOrganization}</option>
        {organizations.map((organization) => (
          <option key={organization.id} value={organization.id}>
            {organization.name}
          </option>
        ))}
      </SelectField>
      <Field label={text.from} name="from" type="date" defaultValue={filter.from} />
      <Field label={text.to} name="to" type="date" defaultValue={filter.to} />
      <button className="button outlined">{text.filter}</button>
    </Form>
  );
}

function Entries() {
  const { entries, zone } = useLoaderData<typeof loader>();
  const text = useText(auditMessages);
  const moment = useMoment(zone);
  return (
    <TableScroll label={text.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.when}</th>
            <th scope="col">{text.actor}</th>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.organization}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="nowrap">{moment(entry.at)}</td>
              <td className="nowrap">{entry.actorName ?? text.platform}</td>
              <td className={styles.what}>
                {text.actions[entry.action]?.says({
                  subject: entry.subject ?? '',
                  className: entry.className ?? '',
                  detail: JSON.parse(entry.detail) as Record<string, unknown>,
                }) ?? entry.action}
              </td>
              <td className="second">{entry.organizationName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function PageLink({ after, word }: { after: string | undefined; word: string }) {
  const { filter } = useLoaderData<typeof loader>();
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after }))
    if (value) search.set(name, value);
  return (
    <Link className="button outlined" to={`?${search.toString()}`}>
      {word}
    </Link>
  );
}
