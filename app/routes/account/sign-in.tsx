import { data, redirect, type ActionFunctionArgs } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { signIn } from '~/domain/accounts/sign-in.server';
import { DomainError } from '~/domain/shared/errors';
import { openSession } from '~/web/session.server';

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  try {
    const person = await signIn(context.db, {
      login: String(form.get('login')),
      password: String(form.get('password')),
    });
    return redirect('/', {
      headers: { 'set-cookie': await openSession(context, person.personId) },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return data({ failed: true }, { status: error.status });
  }
}

export default function SignIn() {
  const failed = useActionData<typeof action>()?.failed;
  return (
    <main>
      <Form method="post">
        <input name="login" aria-label="login" />
        <input name="password" type="password" aria-label="password" />
        <button type="submit">登录</button>
        {failed ? <p role="alert">×</p> : null}
      </Form>
    </main>
  );
}
