import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { ROLES } from '~/domain/organizations/person-form';
import { useText } from '~/i18n/locale';
import { peopleMessages } from '~/i18n/messages/people';
import { Field } from '~/ui/field';
import { OrganizationMark } from '~/ui/organization-mark';
import type { action, loader } from './person';
import styles from './person.module.css';

/** Name and login names, to be corrected. */
export function FactsForm() {
  const { person, organizations } = useLoaderData<typeof loader>();
  const messages = useText(peopleMessages);
  const result = useActionData<typeof action>();
  const organization = organizations[0];
  const known = (kind: string) =>
    person.logins.find((login) => login.kind === kind)?.loginName ?? '';
  const own = person.logins.find(
    ({ kind, loginName }) =>
      kind === 'staff_number' && loginName.startsWith(`${organization?.shortCode}/`),
  );
  const stands: Record<string, string> = {
    name: person.name,
    phone: known('phone'),
    userName: known('user_name'),
    staffNumber: own?.loginName.split('/')[1] ?? '',
  };
  const field = (name: string) => ({
    name,
    autoComplete: 'off',
    defaultValue: result?.values[name] ?? stands[name],
    error: messages.errors[result?.errors[name] ?? ''],
  });
  return (
    <Form method="post" className="stack">
      <Field label={messages.name} required {...field('name')} />
      <Field label={messages.form.phone} {...field('phone')} />
      {organization ? (
        <>
          <input type="hidden" name="organization" value={organization.id} />
          <Field
            label={messages.form.staffNumber}
            hint={messages.form.staffNumberHint(organization.shortCode)}
            {...field('staffNumber')}
          />
        </>
      ) : null}
      <Field label={messages.form.userName} {...field('userName')} />
      <div>
        <button className="button outlined" name="intent" value="facts">
          {messages.person.saveFacts}
        </button>
      </div>
    </Form>
  );
}

/** The person's roles in one organization. */
export function RolesForm({ organizationId }: { organizationId: string }) {
  const { person, organizations } = useLoaderData<typeof loader>();
  const messages = useText(peopleMessages);
  const text = messages.person;
  const organization = organizations.find((candidate) => candidate.id === organizationId);
  const held = person.organizations.find((candidate) => candidate.id === organizationId);
  if (!organization || !held) return null;
  return (
    <Form method="post" className="card" key={held.roles.join()}>
      <input type="hidden" name="organization" value={organization.id} />
      <fieldset className="stack">
        <legend className="label row">
          <OrganizationMark organization={organization} />
          {text.roles(organization.name)}
        </legend>
        <div className={`row ${styles.roles}`}>
          {ROLES.map((role) => (
            <label key={role} className="check">
              <input
                type="checkbox"
                name="role"
                value={role}
                defaultChecked={held.roles.includes(role)}
              />
              <span>{messages.roles[role]}</span>
            </label>
          ))}
        </div>
        <p className="small second">{text.noRole}</p>
        <div>
          <button className="button outlined" name="intent" value="roles">
            {text.saveRoles}
          </button>
        </div>
      </fieldset>
    </Form>
  );
}

/** A new start code, disabling, and bureau administration. */
export function AccountActions() {
  const { person, self, viewerAdministers } = useLoaderData<typeof loader>();
  const messages = useText(peopleMessages);
  const text = messages.person;
  if (self || !person.accountInReach) {
    return (
      <section className="card">
        <h2>{text.account}</h2>
        <p className="second">{self ? text.ownAccount : text.notInReach}</p>
      </section>
    );
  }
  const disabled = person.disabledAt !== null;
  return (
    <section className="card">
      <h2>{text.account}</h2>
      <Form method="post">
        {disabled ? null : (
          <div className={styles.action}>
            <p className="second">{text.newCodeWhat}</p>
            <button className="button outlined" name="intent" value="code">
              {text.newCode}
            </button>
          </div>
        )}
        <div className={styles.action}>
          <p className="second">{text.disableWhat}</p>
          <button
            className={disabled ? 'button outlined' : 'button danger'}
            name="intent"
            value={disabled ? 'enable' : 'disable'}
          >
            {disabled ? text.enable : text.disable}
          </button>
        </div>
        {viewerAdministers ? (
          <div className={styles.action}>
            <p className="second">{text.grantWhat}</p>
            <button
              className="button outlined"
              name="intent"
              value={person.administrator ? 'end' : 'grant'}
            >
              {person.administrator ? text.end : text.grant}
            </button>
          </div>
        ) : null}
      </Form>
    </section>
  );
}
