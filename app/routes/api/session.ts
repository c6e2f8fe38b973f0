import type { ActionFunctionArgs } from '@remix-run/node';
import { signInSchema } from '~/domain/accounts/account-forms';
import { notAllowed, problemOf, readJson } from '~/web/api.server';
import { closeSession } from '~/web/session.server';
import { signInRequest } from '~/web/sign-in.server';

/** POST signs in (204 and the cookie), DELETE signs out (204). */
export async function action({ request, context }: ActionFunctionArgs) {
  try {
    if (request.method === 'DELETE') {
      const cookie = await closeSession(request, context);
      return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
    }
    if (request.method !== 'POST') return notAllowed('POST, DELETE');
    const input = await readJson(request, signInSchema);
    return new Response(null, {
      status: 204,
      headers: await signInRequest(request, context, input),
    });
  } catch (error) {
    return problemOf(error);
  }
}

export const loader = () => notAllowed('POST, DELETE');
