import { data, redirect, type ActionFunctionArgs } from '@remix-run/node';
import { Form, useActionData, useNavigation, useSearchParams } from '@remix-run/react';
import { signInSchema } from '~/domain/accounts/account-forms';
import { DomainError, TooMany } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { accountMessages } from '~/i18n/messages/account';
import { pageTitle } from '~/i18n/page-title';
import { Brand } from '~/ui/brand';
import { Field } from '~/ui/field';
import { IconAlertCircle } from '~/ui/icons';
import { LanguageSwitch } from '~/ui/language-switch';
import { Link } from '~/ui/link';
import { PasswordField } from '~/ui/password-field';
import { textFields } from '~/web/form.server';
import { anyone, explained } from '~/web/page.server';
import { safePath } from '~/web/safe-path';
import { signInRequest } from '~/web/sign-in.server';
import styles from './sign-in.module.css';

export const meta = pageTitle(accountMessages, (text) => text.signIn.pageTitle);

export const loader = anyone(async ({ request, viewer }) => {
  if (viewer) throw redirect(safePath(new URL(request.url).searchParams.get('to')));
  return null;
});

export const action = (args: ActionFunctionArgs) => explained(() => signIn(args));

async function signIn({ request, context }: ActionFunctionArgs) {
  const fields = textFields(await request.formData());
  const login = fields.login ?? '';
  const input = signInSchema.safeParse(fields);
  if (!input.success) {
    return data({ login, failed: 'empty' as const, retryAfter: 0 }, { status: 422 });
  }
  try {
    const headers = await signInRequest(request, context, input.data);
    return redirect(safePath(fields.to), { headers });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof TooMany) {
      const retryAfter = error.retryAfterSeconds;
      return data(
        { login, failed: 'tooMany' as const, retryAfter },
        { status: 429, headers: { 'retry-after': String(retryAfter) } },
      );
    }
    return data({ login, failed: 'wrong' as const, retryAfter: 0 }, { status: error.status });
  }
}

export default function SignIn() {
  const text = useText(accountMessages).signIn;
  const [search] = useSearchParams();
  return (
    <div className={styles.page}>
      <div className={styles.art} aria-hidden="true">
        <img src="/art/signin.svg" alt="" width="840" height="900" />
        <div className={styles.claim}>
          <p className={styles.words}>
            {text.claim.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </p>
          <p className={styles.more}>
            {text.more.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </p>
        </div>
      </div>
      <main id="main" tabIndex={-1} className={styles.panel}>
        <div className={styles.head}>
          <Brand />
          <p className={styles.short}>
            {text.claimShort.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </p>
        </div>
        <div className={styles.form}>
          <h1>{text.title}</h1>
          <p className="second">{text.subtitle}</p>
          <SignInForm to={search.get('to') ?? ''} />
          <div className={styles.help}>
            <p>{text.firstTime}</p>
            <p>{text.forgotten}</p>
          </div>
        </div>
        <footer className={styles.foot}>
          <Link to="/catalog">{text.courses}</Link>
          <LanguageSwitch />
        </footer>
      </main>
    </div>
  );
}

function SignInForm({ to }: { to: string }) {
  const text = useText(accountMessages).signIn;
  const result = useActionData<typeof action>();
  const busy = useNavigation().state === 'submitting';
  const failed =
    result?.failed === 'tooMany' ? text.tooMany(result.retryAfter) : result && text[result.failed];
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="to" value={to} />
      <Field
        label={text.login}
        hint={text.loginHint}
        name="login"
        defaultValue={result?.login}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
      />
      <PasswordField
        label={text.password}
        show={text.show}
        hide={text.hide}
        name="password"
        autoComplete="current-password"
        required
        maxLength={1000}
        {...(failed ? { 'aria-invalid': true, 'aria-describedby': 'sign-in-error' } : {})}
      />
      {failed ? (
        <p className="form-error" role="alert" id="sign-in-error">
          <IconAlertCircle size={18} aria-hidden="true" />
          <span>{failed}</span>
        </p>
      ) : null}
      <button className="button wide" aria-disabled={busy || undefined}>
        {text.submit}
      </button>
    </Form>
  );
}
