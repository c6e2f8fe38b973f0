import type { AppLoadContext } from '@remix-run/node';
import { signIn } from '~/domain/accounts/sign-in.server';
import { DEVICE_COOKIE, readDeviceToken } from './device-cookie.server';
import { closeSession, openSession } from './session.server';

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
  const { personId, deviceToken } = await signIn(context.db, {
    ...input,
    address: context.address,
    deviceToken: readDeviceToken(request),
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
