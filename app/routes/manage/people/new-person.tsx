import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { showLogin } from '~/domain/accounts/show-login';
import { addPerson } from '~/domain/organizations/add-person.server';
import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { getManagedOrganization } from '~/domain/organizations/managed-organization.server';
import { personEntrySchema, ROLES } from '~/domain/organizations/person-form';
import { Conflict, Forbidden, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { peopleMessages } from '~/i18n/messages/people';
import { pageTitle } from '~/i18n/page-title';
import { Field } from '~/ui/field';
import { IconAlertCircle } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn, type SignedInArgs } from '~/web/page.server';
import { StartCodeList } from './start-code-list';
import styles from './person.module.css';

export const meta = pageTitle(peopleMessages, (text) => text.form.title);

async function organizationOf({ request, context, viewer }: SignedInArgs) {
  const wanted = new URL(request.url).searchParams.get('organization');
  const id = wanted ?? (await listManagedOrganizations(context.db, viewer))[0]?.id;
  if (!id) throw new Forbidden();
  return getManagedOrganization(context.db, viewer, id);
}

export const loader = signedIn(async (args) => ({ organization: await organizationOf(args) }));

export const action = signedIn(async (args) => {
  const { request, context, viewer } = args;
  const organization = await organizationOf(args);
  const form = await request.formData();
  const roles = form.getAll('role').map(String);
  form.delete('role');
  const values = textFields(form);
  const refused = (errors: FieldErrors, status: number) =>
    data({ added: undefined, values, roles, errors }, { status });
  try {
    const entry = parseFields(personEntrySchema, { ...values, roles });
    const added = await addPerson(context.db, {
      organizationId: organization.id,
      entry,
      viewer,
      now: context.clock.now(),
    });
    const staff = entry.staffNumber && `${organization.shortCode}/${entry.staffNumber}`;
    const login = entry.phone ? showLogin(entry.phone) : (staff ?? entry.userName ?? '');
    const none: FieldErrors = {};
    return data({
      added: { outcome: added.outcome, name: added.name, login, code: added.startCode },
      values: none,
      roles,
      errors: none,
    });
  } catch (error) {
    if (error instanceof Invalid) return refused(fieldErrors(error), 422);
    if (error instanceof Conflict) return refused({ form: error.type }, 409);
    throw error;
  }
});

export default function NewPerson() {
  const { organization } = useLoaderData<typeof loader>();
  const text = useText(peopleMessages);
  const result = useActionData<typeof action>();
  const added = result?.added;
  const back = `/manage/people?organization=${organization.id}`;
  return (
    <div className={styles.narrow}>
      <div className="page-title">
        <h1>{text.form.title}</h1>
        <Link to={back}>{text.form.back}</Link>
      </div>
      {added ? <Notice tone="done">{text.added[added.outcome](added.name)}</Notice> : null}
      {added?.code ? (
        <StartCodeList codes={[{ name: added.name, login: added.login, code: added.code }]} />
      ) : null}
      <NewPersonForm key={added ? `${added.name} ${added.login}` : 'first'} />
    </div>
  );
}

function NewPersonForm() {
  const { organization } = useLoaderData<typeof loader>();
  const messages = useText(peopleMessages);
  const text = messages.form;
  const result = useActionData<typeof action>();
  const fault = (name: string) => messages.errors[result?.errors[name] ?? ''];
  const field = (name: string) => ({
    name,
    defaultValue: result?.values[name],
    error: fault(name),
    autoComplete: 'off',
  });
  return (
    <Form method="post" className="card stack">
      <p className="row">
        <OrganizationMark organization={organization} />
        {text.into(organization.name)}
      </p>
      {fault('form') ? <Notice tone="wrong">{fault('form')}</Notice> : null}
      <Field label={messages.name} required {...field('name')} />
      <Field label={text.phone} hint={text.phoneHint} inputMode="tel" {...field('phone')} />
      <Field
        label={text.staffNumber}
        hint={text.staffNumberHint(organization.shortCode)}
        {...field('staffNumber')}
      />
      <Field label={text.userName} hint={text.userNameHint} {...field('userName')} />
      <fieldset className="stack-tight">
        <legend className="label">{text.roles}</legend>
        <div className={`row ${styles.roles}`}>
          {ROLES.map((role) => (
            <label key={role} className="check">
              <input
                type="checkbox"
                name="role"
                value={role}
                defaultChecked={(result?.roles ?? ['learner']).includes(role)}
              />
              <span>{messages.roles[role]}</span>
            </label>
          ))}
        </div>
        {fault('roles') ? (
          <p className="form-error">
            <IconAlertCircle size={18} aria-hidden="true" />
            <span>{fault('roles')}</span>
          </p>
        ) : null}
      </fieldset>
      <div>
        <button className="button">{text.submit}</button>
      </div>
    </Form>
  );
}
