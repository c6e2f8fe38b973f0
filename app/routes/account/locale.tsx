import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { LOCALE_COOKIE } from '~/web/locale.server';

const YEAR_SECONDS = 31_536_000;

/** The language switch: a form, so that it works without JavaScript. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const locale = form.get('locale') === 'en' ? 'en' : 'zh';
  const to = form.get('to');
  const back = typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/';
  return redirect(back, {
    headers: {
      'set-cookie': `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`,
    },
  });
}

export const loader = () => redirect('/');
