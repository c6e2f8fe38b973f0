import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { newPasswordSchema } from '~/domain/accounts/account-forms';
import { changePassword } from '~/domain/accounts/change-password.server';
import { getOwnAccount } from '~/domain/accounts/own-account.server';
import { DomainError, Invalid, TooMany } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { accountMessages } from '~/i18n/messages/account';
import { pageTitle } from '~/i18n/page-title';
import { useMoment } from '~/i18n/moment';
import { AreaLinks, SignOutButton } from '~/ui/account-menu';
import { LanguageSwitch } from '~/ui/language-switch';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import { PasswordField } from '~/ui/password-field';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { restartSession } from '~/web/session.server';
import { shellOf } from '~/web/shell.server';
import styles from './account.module.css';

export const meta = pageTitle(accountMessages, (text) => text.account.title);

export const loader = signedIn(async ({ context, viewer }) => ({
  name: viewer.name,
  administrator: viewer.administrator,
  memberships: viewer.memberships,
  person: shellOf(viewer),
  zone: context.settings.zone,
  ...(await getOwnAccount(context.db, viewer.personId)),
}));

interface Answer {
  errors: FieldErrors;
  retryAfter: number;
}

export const action = signedIn(async ({ request, context, viewer }) => {
  const fields = textFields(await request.formData());
  try {
    await changePassword(context.db, {
      personId: viewer.personId,
      current: fields.current ?? '',
      password: parseFields(newPasswordSchema, fields).password,
      address: context.address,
      now: context.clock.now(),
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const refused: Answer = { errors: {}, retryAfter: 0 };
    if (error instanceof Invalid)
      return data({ ...refused, errors: fieldErrors(error) }, { status: 422 });
    if (!(error instanceof TooMany)) throw error;
    const retryAfter = error.retryAfterSeconds;
    return data(
      { ...refused, retryAfter },
      { status: 429, headers: { 'retry-after': String(retryAfter) } },
    );
  }
  const cookie = await restartSession(context, viewer.personId);
  // Not this page in the same answer: its loaders would still ask with the session that just ended.
  return redirect('/account?changed', { headers: { 'set-cookie': cookie } });
});

export default function Account() {
  const account = useLoaderData<typeof loader>();
  const messages = useText(accountMessages);
  const text = messages.account;
  const moment = useMoment(account.zone);
  const consent = account.consents[0];
  return (
    <div className={styles.page}>
      <h1>{text.title}</h1>
      <section className="card">
        <h2>{text.me}</h2>
        <dl className={styles.facts}>
          <dt>{text.name}</dt>
          <dd>{account.name}</dd>
          <dt>{text.logins}</dt>
          <dd>
            {account.logins.map((login) => (
              <div key={login}>{login}</div>
            ))}
          </dd>
          <dt>{text.roles}</dt>
          <dd>
            {account.administrator ? <div>{text.administrator}</div> : null}
            {account.memberships.map((membership) => (
              <div key={`${membership.organizationId} ${membership.role}`}>
                <OrganizationMark organization={membership} size={18} /> {membership.name}{' '}
                <span className="second">{messages.roles[membership.role]}</span>
              </div>
            ))}
            {account.memberships.length === 0 && !account.administrator ? text.noRoles : null}
          </dd>
          {consent ? (
            <>
              <dt>{text.consent}</dt>
              <dd>{text.consentGiven(consent.version, moment(consent.givenAt))}</dd>
            </>
          ) : null}
        </dl>
        <p className="small second">{text.correct}</p>
      </section>
      <ChangePassword />
      <section className="card split">
        <div>
          <h2>{text.language}</h2>
          <p className="second">{text.languageNow}</p>
        </div>
        <LanguageSwitch />
      </section>
      <div className={`split ${styles.ways}`}>
        <AreaLinks person={account.person} />
        <SignOutButton />
      </div>
    </div>
  );
}

function ChangePassword() {
  const messages = useText(accountMessages);
  const text = messages.password;
  const result = useActionData<typeof action>();
  const changed = useSearchParams()[0].has('changed') && !result;
  const fault = (field: string) => text.faults[result?.errors[field] ?? ''];
  const eye = { show: messages.signIn.show, hide: messages.signIn.hide };
  return (
    <section className="card">
      <h2>{text.change}</h2>
      <Form method="post" className="stack" key={changed ? 'changed' : 'form'}>
        {changed ? <Notice tone="done">{text.changed}</Notice> : null}
        {result && result.retryAfter > 0 ? (
          <Notice tone="wrong">{messages.signIn.tooMany(result.retryAfter)}</Notice>
        ) : null}
        <PasswordField
          {...eye}
          label={text.current}
          name="current"
          autoComplete="current-password"
          required
          error={fault('current')}
        />
        <PasswordField
          {...eye}
          label={text.new}
          hint={text.hint}
          name="password"
          autoComplete="new-password"
          required
          error={fault('password')}
        />
        <PasswordField
          {...eye}
          label={text.repeat}
          name="repeated"
          autoComplete="new-password"
          required
          error={fault('repeated')}
        />
        <div>
          <button className="button">{text.change}</button>
        </div>
      </Form>
    </section>
  );
}
