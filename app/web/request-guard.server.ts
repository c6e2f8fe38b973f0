import type { IncomingMessage } from 'node:http';

/** Why a request goes no further, or undefined when it may. */
export interface Refusal {
  status: 400 | 403 | 415;
  type: string;
  detail: string;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const PROGRAM_TYPES = /^(application\/json|application\/offset\+octet-stream)\s*(;|$)/i;

/** A request line that our routers can read: anything else must not reach `new URL()`. */
export function refuseMalformed(request: IncomingMessage): Refusal | undefined {
  const malformed: Refusal = {
    status: 400,
    type: 'bad-request',
    detail: 'The address cannot be read.',
  };
  const url = request.url ?? '';
  if (!url.startsWith('/') || url.startsWith('//') || url.includes('\\')) return malformed;
  if (!/^[\w.-]+(:\d+)?$|^\[[\da-fA-F:.]+\](:\d+)?$/.test(request.headers.host ?? ''))
    return malformed;
  if (!url.includes('%')) return url.includes('\0') ? malformed : undefined;
  const path = url.split('?', 1)[0] ?? '';
  try {
    if (decodeURIComponent(path).includes('\0')) return malformed;
    decodeURIComponent(url.slice(path.length));
  } catch {
    return malformed;
  }
  return undefined;
}

/**
 * Whether a request that changes something (or opens a WebSocket) comes from our own pages or from
 * a program: a foreign Origin or Sec-Fetch-Site is refused; without both, only the types that a
 * page of another site cannot send unasked.
 */
export function refuseForeign(
  request: IncomingMessage,
  ownOrigin: string,
  upgrade = false,
): Refusal | undefined {
  if (!upgrade && SAFE_METHODS.has(request.method ?? 'GET')) return undefined;
  const foreign: Refusal = {
    status: 403,
    type: 'foreign-origin',
    detail: 'This request came from another site. Nothing was changed.',
  };
  const origin = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== ownOrigin) return foreign;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return foreign;
  if (origin !== undefined || site !== undefined || upgrade) return undefined;
  const type = request.headers['content-type'];
  const unasked = type === undefined ? hasNoBody(request) : PROGRAM_TYPES.test(type);
  if (unasked) return undefined;
  return (request.url ?? '').startsWith('/api/')
    ? {
        status: 415,
        type: 'unsupported-media-type',
        detail: 'Send application/json. Nothing was changed.',
      }
    : { ...foreign, detail: 'Programs send application/json to /api. Nothing was changed.' };
}

function hasNoBody(request: IncomingMessage): boolean {
  if (request.headers['tus-resumable'] !== undefined || request.method === 'DELETE') return true;
  return (
    request.headers['transfer-encoding'] === undefined &&
    Number(request.headers['content-length'] ?? 0) === 0
  );
}

/** Address, host and protocol as the outermost trusted proxy saw them; `hops` 0 trusts nobody. */
export function readConnection(
  request: IncomingMessage,
  hops: number,
): { address: string; secure: boolean; host: string } {
  const socket = request.socket as IncomingMessage['socket'] & { encrypted?: boolean };
  const direct = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const host = request.headers.host ?? '';
  if (hops === 0) return { address: direct, secure: socket.encrypted === true, host };
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .reverse();
  const chain = [direct, ...forwarded];
  const last = (name: string) =>
    String(request.headers[name] ?? '')
      .split(',')[0]
      ?.trim() ?? '';
  return {
    address: chain[Math.min(hops, chain.length - 1)] ?? direct,
    secure: last('x-forwarded-proto') === 'https' || socket.encrypted === true,
    host: last('x-forwarded-host') || host,
  };
}
