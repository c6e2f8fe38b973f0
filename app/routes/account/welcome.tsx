import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { newPasswordSchema } from '~/domain/accounts/account-forms';
import { finishSignUp } from '~/domain/accounts/finish-sign-up.server';
import { hasPassword } from '~/domain/accounts/own-account.server';
import { Invalid } from '~/domain/shared/errors';
import { useLocale, useText } from '~/i18n/locale';
import { accountMessages } from '~/i18n/messages/account';
import { pageTitle } from '~/i18n/page-title';
import { privacy } from '~/i18n/privacy';
import { Brand } from '~/ui/brand';
import { IconAlertCircle } from '~/ui/icons';
import { LanguageSwitch } from '~/ui/language-switch';
import { PasswordField } from '~/ui/password-field';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { safePath } from '~/web/safe-path';
import { restartSession } from '~/web/session.server';
import styles from './welcome.module.css';

export const meta = pageTitle(accountMessages, (text) => text.welcome.pageTitle);

export const loader = signedIn(async ({ request, context, viewer }) => {
  if (!viewer.mustFinishSignUp) {
    throw redirect(safePath(new URL(request.url).searchParams.get('to')));
  }
  return {
    name: viewer.name,
    choosesPassword: !(await hasPassword(context.db, viewer.personId)),
  };
});

export const action = signedIn(async ({ request, context, viewer }) => {
  const fields = textFields(await request.formData());
  try {
    const choosesPassword = !(await hasPassword(context.db, viewer.personId));
    await finishSignUp(context.db, {
      personId: viewer.personId,
      consentVersion: privacy.version,
      consents: fields.consent === 'yes',
      password: choosesPassword ? parseFields(newPasswordSchema, fields).password : undefined,
      now: context.clock.now(),
    });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return data(
      { errors: fieldErrors(error), consents: fields.consent === 'yes' },
      { status: 422 },
    );
  }
  const cookie = await restartSession(context, viewer.personId);
  return redirect(safePath(fields.to), { headers: { 'set-cookie': cookie } });
});

export default function Welcome() {
  const { name, choosesPassword } = useLoaderData<typeof loader>();
  const messages = useText(accountMessages);
  const text = messages.welcome;
  const locale = useLocale();
  const [search] = useSearchParams();
  const result = useActionData<typeof action>();
  const fault = (field: string) => messages.password.faults[result?.errors[field] ?? ''];
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <header className="split">
        <Brand />
        <LanguageSwitch />
      </header>
      <p className="second">{text.hello(name)}</p>
      <h1>{choosesPassword ? text.title : text.titleAgain}</h1>
      <Form method="post" className="stack">
        <input type="hidden" name="to" value={search.get('to') ?? ''} />
        <section className="card">
          <h2>{text.privacy}</h2>
          <div className={styles.privacy}>
            {privacy[locale].map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
          <p className="small faint">{text.version(privacy.version)}</p>
          <label className={`check ${styles.consent}`}>
            <input
              type="checkbox"
              name="consent"
              value="yes"
              required
              defaultChecked={result?.consents}
            />
            <span>{text.consent}</span>
          </label>
          {fault('consent') ? (
            <p className="form-error" role="alert">
              <IconAlertCircle size={18} aria-hidden="true" />
              <span>{fault('consent')}</span>
            </p>
          ) : null}
        </section>
        {choosesPassword ? (
          <section className="card">
            <h2>{text.choose}</h2>
            <div className="stack">
              <PasswordField
                label={messages.password.new}
                hint={messages.password.hint}
                show={messages.signIn.show}
                hide={messages.signIn.hide}
                name="password"
                autoComplete="new-password"
                required
                error={fault('password')}
              />
              <PasswordField
                label={messages.password.repeat}
                hint={text.chooseHint}
                show={messages.signIn.show}
                hide={messages.signIn.hide}
                name="repeated"
                autoComplete="new-password"
                required
                error={fault('repeated')}
              />
            </div>
          </section>
        ) : null}
        <button className="button wide">{choosesPassword ? text.submit : text.submitAgain}</button>
      </Form>
      <Form method="post" action="/sign-out" className={styles.out}>
        <button className="button text">{text.signOut}</button>
      </Form>
    </main>
  );
}
