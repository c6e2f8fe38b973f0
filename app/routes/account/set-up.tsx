import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { newPasswordSchema, setUpSchema } from '~/domain/accounts/account-forms';
import { completeSetUp } from '~/domain/accounts/complete-set-up.server';
import { isOpenSetUpLink } from '~/domain/accounts/open-set-up-link.server';
import { DomainError, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { accountMessages } from '~/i18n/messages/account';
import { pageTitle } from '~/i18n/page-title';
import { Brand } from '~/ui/brand';
import { Field } from '~/ui/field';
import { LanguageSwitch } from '~/ui/language-switch';
import { Link } from '~/ui/link';
import { PasswordField } from '~/ui/password-field';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { explained } from '~/web/page.server';
import { openSession } from '~/web/session.server';
import styles from './welcome.module.css';

export const meta = pageTitle(accountMessages, (text) => text.setUp.pageTitle);

export const loader = ({ params, context }: LoaderFunctionArgs) =>
  explained(async () => {
    const open = await isOpenSetUpLink(context.db, params.token ?? '', context.clock.now());
    return data({ open }, { status: open ? 200 : 404 });
  });

export const action = (args: ActionFunctionArgs) => explained(() => setUp(args));

async function setUp({ request, params, context }: ActionFunctionArgs) {
  const { password, repeated, ...values } = textFields(await request.formData());
  try {
    const input = parseFields(setUpSchema, values);
    const { personId } = await completeSetUp(context.db, {
      ...input,
      token: params.token ?? '',
      password: parseFields(newPasswordSchema, { password, repeated }).password,
      now: context.clock.now(),
    });
    return redirect('/', { headers: { 'set-cookie': await openSession(context, personId) } });
  } catch (error) {
    if (error instanceof Invalid)
      return data({ errors: fieldErrors(error), values }, { status: 422 });
    const none: FieldErrors = {};
    if (error instanceof DomainError)
      return data({ errors: none, values }, { status: error.status });
    throw error;
  }
}

export default function SetUp() {
  const { open } = useLoaderData<typeof loader>();
  const text = useText(accountMessages).setUp;
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <header className="split">
        <Brand />
        <LanguageSwitch />
      </header>
      {open ? (
        <>
          <h1>{text.title}</h1>
          <p className="second">{text.intro}</p>
          <SetUpForm />
        </>
      ) : (
        <>
          <h1>{text.gone}</h1>
          <p className="second">{text.goneRemedy}</p>
          <p>
            <Link className="button outlined" to="/sign-in">
              {text.toSignIn}
            </Link>
          </p>
        </>
      )}
    </main>
  );
}

function SetUpForm() {
  const messages = useText(accountMessages);
  const text = messages.setUp;
  const result = useActionData<typeof action>();
  const eye = { show: messages.signIn.show, hide: messages.signIn.hide };
  const field = (name: string) => ({
    name,
    required: true,
    defaultValue: result?.values[name],
    error: messages.password.faults[result?.errors[name] ?? ''],
  });
  const secret = (name: string) => ({
    ...eye,
    name,
    required: true,
    autoComplete: 'new-password',
    error: messages.password.faults[result?.errors[name] ?? ''],
  });
  return (
    <Form method="post" className={`stack ${styles.after}`}>
      <section className="card">
        <h2>{text.bureau}</h2>
        <div className="stack">
          <Field label={text.organizationName} {...field('organizationName')} />
          <Field label={text.mark} hint={text.markHint} {...field('mark')} />
          <Field label={text.shortCode} hint={text.shortCodeHint} {...field('shortCode')} />
        </div>
      </section>
      <section className="card">
        <h2>{text.administrator}</h2>
        <div className="stack">
          <Field label={text.name} autoComplete="name" {...field('name')} />
          <Field label={text.login} autoComplete="username" {...field('login')} />
          <PasswordField
            label={messages.password.new}
            hint={messages.password.hint}
            {...secret('password')}
          />
          <PasswordField label={messages.password.repeat} {...secret('repeated')} />
        </div>
      </section>
      <button className="button wide">{text.submit}</button>
    </Form>
  );
}
