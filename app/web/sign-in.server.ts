import type { AppLoadContext } from '@remix-run/node';
import { signIn } from '~/domain/accounts/sign-in.server';
import { closeSession, openSession, readCookie } from './session.server';

const DEVICE_COOKIE = 'jx_device';
const TWO_YEARS_SECONDS = 63_072_000;

/**
 * Signs a request in: checks name and password, ends the session its cookie names, opens a new one,
 * and lets the browser remember that it knows this person. Returns headers with both cookies.
 */
export async function signInRequest(
  request: Request,
  context: AppLoadContext,
  input: { login: string; password: string },
): Promise<Headers> {
  const given = readCookie(request, DEVICE_COOKIE);
  const { personId, deviceToken } = await signIn(context.db, {
    ...input,
    address: context.address,
    deviceToken: given && /^[\w-]{43}$/.test(given) ? given : undefined,
    now: context.clock.now(),
  });
  await closeSession(request, context);
  const headers = new Headers();
  headers.append('set-cookie', await openSession(context, personId));
  headers.append(
    'set-cookie',
    `${DEVICE_COOKIE}=${deviceToken}; Path=/; Max-Age=${TWO_YEARS_SECONDS}; HttpOnly; SameSite=Lax${context.secure ? '; Secure' : ''}`,
  );
  return headers;
}
