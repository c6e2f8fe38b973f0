import { lookup } from 'node:dns/promises';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.server';

/** What was found at an address: `refused` where it leads into a private network and was not asked. */
export interface LinkAnswer {
  outcome: 'works' | 'broken' | 'unreachable' | 'refused';
  /** Of the last answer over HTTP; null where there was none. */
  status: number | null;
}

export interface ProbeLimits {
  /** For everything together, redirects included, ms. */
  timeoutMs?: number;
  /** Which IP addresses may be asked; those of the public internet unless a test says otherwise. */
  isAllowed?: (address: string) => boolean;
  signal?: AbortSignal;
}

const MOST_REDIRECTS = 5;
/** Servers that do not answer HEAD are asked with GET. */
const NO_HEAD = new Set([400, 403, 404, 405, 501]);
/** Signs in or slows down, but is there. */
const GUARDED = new Set([401, 403, 407, 429]);

/**
 * Asks an http or https address whether it is there, without reading what it says. Every name is resolved here and
 * the very address that was looked at is connected to, on each redirect anew: so no text makes this server speak to
 * its own network. Never throws.
 */
export async function probeLink(url: string, limits: ProbeLimits = {}): Promise<LinkAnswer> {
  const { timeoutMs = 10_000, isAllowed = isPublicAddress, signal } = limits;
  const timeout = AbortSignal.timeout(timeoutMs);
  const ends = signal ? AbortSignal.any([timeout, signal]) : timeout;
  try {
    let at = new URL(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (at.protocol !== 'http:' && at.protocol !== 'https:') return NOT_ASKED;
      const address = await resolve(at.hostname, ends);
      if (!isAllowed(address)) return NOT_ASKED;
      let { status, location } = await ask(at, address, 'HEAD', ends);
      if (NO_HEAD.has(status)) ({ status, location } = await ask(at, address, 'GET', ends));
      if (status < 300 || status >= 400 || !location) {
        return { outcome: status < 400 || GUARDED.has(status) ? 'works' : 'broken', status };
      }
      at = new URL(location, at);
    }
    return { outcome: 'broken', status: 310 };
  } catch {
    return { outcome: 'unreachable', status: null };
  }
}

const NOT_ASKED: LinkAnswer = { outcome: 'refused', status: null };

async function resolve(hostname: string, signal: AbortSignal): Promise<string> {
  const name = hostname.replace(/^\[|\]$/g, '');
  if (isIP(name)) return name;
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('out of time')), { once: true });
  });
  return (await Promise.race([lookup(name), ended])).address;
}

function ask(
  url: URL,
  address: string,
  method: 'HEAD' | 'GET',
  signal: AbortSignal,
): Promise<{ status: number; location: string | undefined }> {
  return new Promise((settle, fail) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const request = send(
      url,
      {
        method,
        signal,
        agent: false,
        headers: { 'user-agent': 'Jiangxue-link-check', accept: '*/*' },
        // Not resolved a second time: another answer could lead elsewhere.
        lookup: (_name, options, found) => {
          const family = isIP(address);
          if (options.all) found(null, [{ address, family }]);
          else found(null, address, family);
        },
      },
      (answer) => {
        settle({ status: answer.statusCode ?? 0, location: answer.headers.location });
        answer.destroy();
      },
    );
    request.on('error', fail);
    request.end();
  });
}
