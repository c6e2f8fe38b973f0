import { readCookie } from './session.server';

export const DEVICE_COOKIE = 'jx_device';

/** The token by which this browser is known again, whoever signs in on it; undefined for programs without one. */
export function readDeviceToken(request: Request): string | undefined {
  const given = readCookie(request, DEVICE_COOKIE);
  return given && /^[\w-]{43}$/.test(given) ? given : undefined;
}
