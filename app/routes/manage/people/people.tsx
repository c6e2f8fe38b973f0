import { Form, useLoaderData } from '@remix-run/react';
import { maskLogin } from '~/domain/accounts/show-login';
import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { listPeople } from '~/domain/organizations/list-people.server';
import { getManagedOrganization } from '~/domain/organizations/managed-organization.server';
import { peopleFilterSchema } from '~/domain/organizations/people-filter';
import { Forbidden } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { peopleMessages } from '~/i18n/messages/people';
import { pageTitle } from '~/i18n/page-title';
import { Avatar } from '~/ui/avatar';
import { Badge } from '~/ui/badge';
import { EmptyState } from '~/ui/empty-state';
import { Field, SelectField } from '~/ui/field';
import { IconFileSpreadsheet, IconPlus } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import styles from './people.module.css';

const PAGE = 50;

export const meta = pageTitle(peopleMessages, (text) => text.title);

export const loader = signedIn(async ({ request, context, viewer }) => {
  const search = new URL(request.url).searchParams;
  const filter = peopleFilterSchema.parse({ search: '', ...Object.fromEntries(search) });
  const organizations = await listManagedOrganizations(context.db, viewer);
  if (organizations.length === 0 && !viewer.administrator) throw new Forbidden();
  const wanted = filter.organization || undefined;
  if (wanted) await getManagedOrganization(context.db, viewer, wanted);
  const organizationId = wanted ?? (viewer.administrator ? undefined : organizations[0]?.id);
  const people = await listPeople(context.db, {
    organizationId,
    search: filter.search,
    role: filter.role,
    state: filter.state,
    after: filter.after,
    limit: PAGE,
  });
  return {
    filter,
    organizations,
    organizationId,
    administrator: viewer.administrator,
    next: people.next,
    rows: people.rows.map((row) => ({ ...row, logins: row.logins.map(maskLogin) })),
  };
});

export default function People() {
  const { filter, organizations, organizationId, rows, next } = useLoaderData<typeof loader>();
  const text = useText(peopleMessages);
  const organization = organizations.find((candidate) => candidate.id === organizationId);
  const filtered = Boolean(filter.search || filter.role || filter.state);
  const where = organization ? `?organization=${organization.id}` : '';
  const adds = (
    <>
      <Link className="button" to={`/manage/people/roster${where}`}>
        <IconFileSpreadsheet size={18} aria-hidden="true" />
        {text.roster}
      </Link>
      <Link className="button outlined" to={`/manage/people/new${where}`}>
        <IconPlus size={18} aria-hidden="true" />
        {text.add}
      </Link>
    </>
  );
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        <div className="row">{rows.length > 0 || filtered ? adds : null}</div>
      </div>
      <Filters />
      {rows.length === 0 ? (
        filtered ? (
          <EmptyState
            drawing="caliper"
            title={text.noMatch.title}
            actions={
              <Link className="button outlined" to={`/manage/people${where}`}>
                {text.noMatch.clear}
              </Link>
            }
          >
            {text.noMatch.what}
          </EmptyState>
        ) : (
          <EmptyState title={text.empty.title} actions={adds}>
            {text.empty.what}
          </EmptyState>
        )
      ) : (
        <Rows />
      )}
      <div className={`row ${styles.pages}`}>
        {filter.after ? <FirstPage /> : null}
        {next ? <NextPage next={next} /> : null}
      </div>
    </>
  );
}

function Filters() {
  const { filter, organizations, organizationId, administrator } = useLoaderData<typeof loader>();
  const text = useText(peopleMessages);
  return (
    <Form method="get" role="search" className={styles.filters}>
      {organizations.length > 1 || administrator ? (
        <SelectField
          label={text.organization}
          name="organization"
          defaultValue={organizationId ?? ''}
          key={organizationId}
        >
          {administrator ? <option value="">{text.allOrganizations}</option> : null}
          {organizations.map((organization) => (
            <option key={organization.id} value={organization.id}>
              {organization.name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <SelectField label={text.role} name="role" defaultValue={filter.role ?? ''}>
        <option value="">{text.anyRole}</option>
        {Object.entries(text.roles).map(([role, word]) => (
          <option key={role} value={role}>
            {word}
          </option>
        ))}
      </SelectField>
      <SelectField label={text.state} name="state" defaultValue={filter.state ?? ''}>
        <option value="">{text.anyState}</option>
        {Object.entries(text.states).map(([state, word]) => (
          <option key={state} value={state}>
            {word}
          </option>
        ))}
      </SelectField>
      <div className={styles.search}>
        <Field label={text.search} name="search" type="search" defaultValue={filter.search} />
      </div>
      <button className="button outlined">{text.filter}</button>
    </Form>
  );
}

function Rows() {
  const { rows, organizations, organizationId } = useLoaderData<typeof loader>();
  const text = useText(peopleMessages);
  const byId = new Map(organizations.map((organization) => [organization.id, organization]));
  return (
    <TableScroll label={text.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.logins}</th>
            <th scope="col">{text.rolesColumn}</th>
            <th scope="col">{text.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const home = byId.get(row.roles[0]?.organizationId ?? '');
            const state = row.disabled ? 'disabled' : row.signedUp ? 'active' : 'not-signed-up';
            return (
              <tr key={row.id}>
                <td>
                  <Link className={styles.person} to={`/manage/people/${row.id}`}>
                    <Avatar name={row.name} {...(home ? { organization: home } : {})} />
                    {row.name}
                  </Link>
                </td>
                <td>
                  {row.logins.map((login) => (
                    <span key={login} className={styles.login}>
                      {login}
                    </span>
                  ))}
                </td>
                <td>
                  {row.roles.map(({ role, organizationId: id }) => {
                    const organization = organizationId ? undefined : byId.get(id);
                    return (
                      <span key={`${id} ${role}`} className={styles.role}>
                        {organization ? (
                          <OrganizationMark
                            organization={organization}
                            size={16}
                            label={organization.name}
                          />
                        ) : null}
                        {text.roles[role]}
                      </span>
                    );
                  })}
                </td>
                <td>
                  <Badge
                    tone={state === 'active' ? 'plain' : state === 'disabled' ? 'wrong' : 'pending'}
                  >
                    {text.states[state]}
                  </Badge>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableScroll>
  );
}

function NextPage({ next }: { next: string }) {
  const text = useText(peopleMessages);
  return (
    <Link className="button outlined" to={usePageLink(next)} rel="next">
      {text.more}
    </Link>
  );
}

function FirstPage() {
  const text = useText(peopleMessages);
  return (
    <Link className="button text" to={usePageLink(undefined)}>
      {text.first}
    </Link>
  );
}

function usePageLink(after: string | undefined): string {
  const { filter } = useLoaderData<typeof loader>();
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after }))
    if (value) search.set(name, value);
  return `?${search.toString()}`;
}
