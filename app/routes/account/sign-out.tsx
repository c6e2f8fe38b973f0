import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { closeSession } from '~/web/session.server';

export async function action({ request, context }: ActionFunctionArgs) {
  return redirect('/sign-in', { headers: { 'set-cookie': await closeSession(request, context) } });
}

export const loader = () => redirect('/');
