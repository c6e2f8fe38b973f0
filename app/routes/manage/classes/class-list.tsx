import { Form, useLoaderData, useSubmit } from '@remix-run/react';
import { listManagedClasses } from '~/domain/classes/list-managed-classes.server';
import { arrangeClasses, type ClassOrder } from '~/domain/classes/class-table';
import { dayAt } from '~/domain/class-hours/platform-day';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Field, SelectField } from '~/ui/field';
import { IconArrowDown, IconArrowUp, IconDownload, IconPlus } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { Pager } from '~/ui/pager';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import { hours } from '../class-hours/report-table';
import { linkQuery } from './link-query';
import { readClassTable } from './read-tables.server';
import { StateBadge } from './state-badge';
import styles from './classes.module.css';

const PAGE = 50;

export const meta = pageTitle(classMessages, (text) => text.title);

export const loader = signedIn(async ({ request, context, viewer }) => {
  const { table, page } = readClassTable(new URL(request.url).searchParams);
  const today = dayAt(context.clock.now(), context.settings.zone).day;
  const all = await listManagedClasses(context.db, viewer, today);
  const shown = arrangeClasses(all, table);
  const organizations = new Map(all.map((one) => [one.organizationId, one.organizationName]));
  return {
    table,
    any: all.length > 0,
    organizations: [...organizations].map(([id, name]) => ({ id, name })),
    rows: shown.slice((page - 1) * PAGE, page * PAGE),
    total: shown.length,
    page,
    pages: Math.ceil(shown.length / PAGE),
  };
});

export default function ClassList() {
  const { table, any, organizations, rows, total, page, pages } = useLoaderData<typeof loader>();
  const messages = useText(classMessages);
  const text = messages.list;
  const submit = useSubmit();
  const open = (
    <Link className="button" to="/manage/classes/new">
      <IconPlus size={18} aria-hidden="true" />
      {messages.open}
    </Link>
  );
  if (!any) {
    return (
      <>
        <div className="page-title">
          <h1>{messages.title}</h1>
        </div>
        <EmptyState title={text.empty} actions={open}>
          {text.emptyText}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <div className="page-title">
        <h1>{messages.title}</h1>
        {open}
      </div>
      <Form
        method="get"
        role="search"
        className={styles.filters}
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) submit(event.currentTarget);
        }}
      >
        <Field label={text.search} name="search" type="search" defaultValue={table.search} />
        <SelectField label={text.state} name="state" defaultValue={table.state}>
          <option value="">{text.all}</option>
          {(['running', 'preparing', 'ended'] as const).map((state) => (
            <option key={state} value={state}>
              {messages.states[state]}
            </option>
          ))}
        </SelectField>
        {organizations.length > 1 ? (
          <SelectField
            label={text.organization}
            name="organizationId"
            defaultValue={table.organizationId}
          >
            <option value="">{text.allOrganizations}</option>
            {organizations.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        ) : null}
        <button className="button outlined">{text.filter}</button>
        <a
          className={`button outlined ${styles.atEnd}`}
          href={`/manage/classes/export?${linkQuery(table, {})}`}
        >
          <IconDownload size={18} aria-hidden="true" />
          {text.export(total)}
        </a>
      </Form>
      {rows.length === 0 ? (
        <EmptyState
          drawing="caliper"
          title={text.noMatch}
          actions={
            <Link className="button outlined" to="?">
              {text.clear}
            </Link>
          }
        >
          {text.noMatchText}
        </EmptyState>
      ) : (
        <TableScroll label={text.name} className={`card ${styles.table}`}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">
                  <Sort by="title" label={text.name} />
                </th>
                <th scope="col">{text.organization}</th>
                <th scope="col">
                  <Sort by="state" label={text.state} />
                </th>
                <th scope="col">
                  <Sort by="dates" label={text.dates} />
                </th>
                <th scope="col" className="number">
                  <Sort by="required" label={text.required} />
                </th>
                <th scope="col" className="number">
                  <Sort by="learners" label={text.learners} />
                </th>
                <th scope="col" className="number">
                  {text.completed}
                </th>
                <th scope="col" className="number">
                  {text.waiting}
                </th>
                <th scope="col" className="number">
                  {text.appeals}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <Link className={styles.strong} to={`/manage/classes/${row.id}`}>
                      {row.title}
                    </Link>
                  </th>
                  <td>
                    <span className={styles.named}>
                      <OrganizationMark
                        organization={{
                          name: row.organizationName,
                          mark: row.organizationMark,
                          kind: row.organizationKind,
                        }}
                      />
                      {row.organizationName}
                    </span>
                  </td>
                  <td>
                    <StateBadge state={row.state} />
                  </td>
                  <td className="nowrap">{messages.dates(row.startsOn, row.endsOn)}</td>
                  <td className="number">{hours(row.requiredClassHours)}</td>
                  <td className="number">
                    {row.learners} / {row.capacity}
                  </td>
                  <td className="number">{row.completed}</td>
                  <td className="number">
                    {row.applications > 0 ? (
                      <Link to={`/manage/classes/${row.id}/applications`}>{row.applications}</Link>
                    ) : (
                      0
                    )}
                  </td>
                  <td className="number">
                    {row.appeals > 0 ? (
                      <Link to={`/manage/classes/${row.id}/appeals`}>{row.appeals}</Link>
                    ) : (
                      0
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      <Pager page={page} pages={pages} total={total} />
    </>
  );
}

function Sort(props: { by: ClassOrder; label: string }) {
  const { table } = useLoaderData<typeof loader>();
  const text = useText(classMessages).list;
  const current = table.order === props.by;
  const Icon = table.descending ? IconArrowDown : IconArrowUp;
  const dir = current && !table.descending ? 'desc' : 'asc';
  return (
    <Link
      className={styles.sort}
      to={`?${linkQuery(table, { sort: props.by, dir })}`}
      aria-label={text.sortBy(props.label)}
    >
      {props.label}
      {current ? <Icon size={14} aria-hidden="true" /> : null}
    </Link>
  );
}
