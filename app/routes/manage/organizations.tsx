import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { createOrganization } from '~/domain/organizations/create-organization.server';
import { editOrganization } from '~/domain/organizations/edit-organization.server';
import { listOrganizationsWithPeople } from '~/domain/organizations/list-organizations.server';
import { ORGANIZATION_KINDS, organizationSchema } from '~/domain/organizations/organization-form';
import { Forbidden, Invalid, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { organizationMessages } from '~/i18n/messages/organizations';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Field, SelectField } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import styles from './organizations.module.css';

export const meta = pageTitle(organizationMessages, (text) => text.title);

export const loader = signedIn(async ({ request, context, viewer }) => {
  if (!viewer.administrator) throw new Forbidden();
  const organizations = await listOrganizationsWithPeople(context.db);
  const id = new URL(request.url).searchParams.get('edit');
  const editing = organizations.find((organization) => organization.id === id);
  if (id && !editing) throw new NotFound();
  return { organizations, editing };
});

export const action = signedIn(async ({ request, context, viewer }) => {
  if (!viewer.administrator) throw new Forbidden();
  const values = textFields(await request.formData());
  const organizationId = new URL(request.url).searchParams.get('edit');
  try {
    const input = parseFields(organizationSchema, values);
    const whole = { ...input, viewer, now: context.clock.now() };
    if (organizationId) await editOrganization(context.db, { ...whole, organizationId });
    else await createOrganization(context.db, whole);
    const none: FieldErrors = {};
    return data({
      saved: { name: input.name, created: !organizationId },
      errors: none,
      values: none,
    });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return data({ saved: undefined, errors: fieldErrors(error), values }, { status: 422 });
  }
});

export default function Organizations() {
  const { organizations, editing } = useLoaderData<typeof loader>();
  const text = useText(organizationMessages);
  const saved = useActionData<typeof action>()?.saved;
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
      </div>
      {saved ? (
        <div className={styles.notice}>
          <Notice tone="done">
            {saved.created ? text.created(saved.name) : text.saved(saved.name)}
          </Notice>
        </div>
      ) : null}
      <div className={styles.columns}>
        {organizations.length === 0 ? (
          <EmptyState title={text.empty.title}>{text.empty.what}</EmptyState>
        ) : (
          <OrganizationTable />
        )}
        <OrganizationForm key={saved ? `saved ${saved.name}` : (editing?.id ?? 'new')} />
      </div>
    </>
  );
}

function OrganizationTable() {
  const { organizations, editing } = useLoaderData<typeof loader>();
  const text = useText(organizationMessages);
  return (
    <TableScroll label={text.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.kind}</th>
            <th scope="col">{text.shortCode}</th>
            <th scope="col" className="number">
              {text.people}
            </th>
            <th scope="col">
              <span className="visually-hidden">{text.edit}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {organizations.map((organization) => (
            <tr
              key={organization.id}
              className={organization.id === editing?.id ? styles.current : undefined}
            >
              <td>
                <span className={styles.name}>
                  <OrganizationMark organization={organization} />
                  {organization.name}
                </span>
              </td>
              <td>{text.kinds[organization.kind]}</td>
              <td>{organization.shortCode}</td>
              <td className="number">
                <Link to={`/manage/people?organization=${organization.id}`}>
                  {text.peopleOf(organization.people)}
                </Link>
              </td>
              <td>
                <Link
                  to={`?edit=${organization.id}`}
                  aria-label={text.editTitle(organization.name)}
                >
                  {text.edit}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function OrganizationForm() {
  const { editing } = useLoaderData<typeof loader>();
  const text = useText(organizationMessages);
  const result = useActionData<typeof action>();
  const field = (name: 'name' | 'kind' | 'mark' | 'shortCode') => ({
    name,
    required: true,
    defaultValue: result?.values[name] ?? editing?.[name],
    error: text.errors[result?.errors[name] ?? ''],
  });
  return (
    <Form method="post" className={`card stack ${styles.form}`}>
      <h2>{editing ? text.editTitle(editing.name) : text.add}</h2>
      <Field label={text.name} autoComplete="off" {...field('name')} />
      <SelectField label={text.kind} {...field('kind')}>
        {ORGANIZATION_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {text.kinds[kind]}
          </option>
        ))}
      </SelectField>
      <Field label={text.mark} hint={text.markHint} {...field('mark')} />
      <Field
        label={text.shortCode}
        hint={text.shortCodeHint}
        autoComplete="off"
        autoCapitalize="none"
        {...field('shortCode')}
      />
      <div className="row">
        <button className="button">{editing ? text.save : text.add}</button>
        {editing ? (
          <Link className="button text" to="/manage/organizations">
            {text.cancel}
          </Link>
        ) : null}
      </div>
    </Form>
  );
}
