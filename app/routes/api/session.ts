import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { signIn } from '~/domain/accounts/sign-in.server';
import { problem, problemOf, readJson } from '~/web/api.server';
import { closeSession, openSession } from '~/web/session.server';

const credentials = z.object({ login: z.string().max(200), password: z.string().max(1000) });

/** POST signs in (204 and the cookie), DELETE signs out (204). */
export async function action({ request, context }: ActionFunctionArgs) {
  try {
    if (request.method === 'DELETE') {
      const cookie = await closeSession(request, context);
      return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
    }
    if (request.method !== 'POST') return problem(405, 'method-not-allowed', 'Use POST or DELETE.');
    const input = await readJson(request, credentials);
    const { personId } = await signIn(context.db, input);
    const cookie = await openSession(context, personId);
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
  } catch (error) {
    return problemOf(error);
  }
}

export const loader = () => problem(405, 'method-not-allowed', 'Use POST or DELETE.');
