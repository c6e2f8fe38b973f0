import type { IncomingMessage } from 'node:http';
import { Unavailable } from '~/domain/shared/errors';
import { LARGEST_JSON_BODY, problem } from './api.server';

/** The JSON body of a request to one of the server's own routes; 415, 413 and 400 as readJson (api.server.ts). */
export async function readDirectJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (type !== 'application/json' && !/^application\/json\s*(;|$)/i.test(type)) {
    throw problem(415, 'unsupported-media-type', 'Send application/json. Nothing was changed.');
  }
  const text = await readText(request);
  if (text === undefined) {
    throw problem(413, 'too-large', 'The body is over 64 kB. Nothing was changed.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw problem(400, 'not-json', 'The body is not JSON. Nothing was changed.');
  }
}

/** The body as text; undefined when it is over 64 kB, of which no more is read then. */
function readText(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > LARGEST_JSON_BODY) return resolve(undefined);
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= LARGEST_JSON_BODY) return parts.push(part);
      request.pause();
      resolve(undefined);
    });
    request.on('end', () => {
      const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      resolve(whole.toString('utf8'));
    });
    // A line that breaks is an error too, and nobody is left to be told of it.
    request.on('error', () => reject(new Unavailable('aborted')));
  });
}
