import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Platform } from './platform.server';

/** How long an address outside of this server opens: with the 5 s of an entitlement, under a minute. */
const OUTSIDE_SECONDS = 45;

/** Hands a segment that the caller may have to whoever delivers it for this server. */
export type Delivery = (
  response: ServerResponse,
  segment: { key: string; type: string; cache: string },
) => Promise<void>;

/**
 * The delivery that the settings ask for: a CDN (MEDIA_CDN_URL), the bucket, or the proxy in front
 * (MEDIA_ACCEL); undefined when this server sends segments itself. `cdnSecret` is what this server and
 * the CDN share.
 */
export function createDelivery(
  { settings, mediaStore, clock }: Pick<Platform, 'settings' | 'mediaStore' | 'clock'>,
  cdnSecret: string,
): Delivery | undefined {
  const { mediaAccel, mediaCdnUrl } = settings;
  if (mediaCdnUrl !== undefined) {
    return async (response, { key }) => {
      const expires = Math.floor(clock.now() / 1000) + OUTSIDE_SECONDS;
      redirect(response, signCdnAddress(`${mediaCdnUrl}/${key}`, expires, cdnSecret));
    };
  }
  if (mediaStore.origin !== undefined) {
    return async (response, { key }) =>
      redirect(response, await mediaStore.addressOf(key, OUTSIDE_SECONDS));
  }
  if (mediaAccel === undefined) return undefined;
  return async (response, { key, type, cache }) => {
    response.setHeader('content-type', type);
    response.setHeader('cache-control', cache);
    response.setHeader('vary', 'cookie');
    response.setHeader('x-accel-redirect', mediaAccel + key);
    response.end();
  };
}

/**
 * An address with the check that nginx's secure_link and most CDNs know: MD5 over the end (s since
 * 1970), the path and the shared secret.
 */
export function signCdnAddress(address: string, expires: number, secret: string): string {
  const { pathname } = new URL(address);
  const md5 = createHash('md5').update(`${expires}${pathname} ${secret}`).digest('base64url');
  return `${address}?md5=${md5}&expires=${expires}`;
}

function redirect(response: ServerResponse, to: string): void {
  response.statusCode = 302;
  response.setHeader('location', to);
  response.setHeader('cache-control', 'no-store');
  response.end();
}
