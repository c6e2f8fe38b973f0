import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { explained } from '~/web/page.server';
import { closeSession } from '~/web/session.server';

export const action = ({ request, context }: ActionFunctionArgs) =>
  explained(async () => {
    const cookie = await closeSession(request, context);
    return redirect('/sign-in', { headers: { 'set-cookie': cookie } });
  });

export const loader = () => redirect('/');
