import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { MediaStore } from '~/infra/media-store.server';
import { readByteRange } from './byte-range';

/** A stored object as it is to be answered with. */
export interface Sending {
  key: string;
  type: string;
  cache: string;
  found: { bytes: number; modifiedAt: number };
}

/** What tells one state of an object from another. */
export function versionOf(found: Sending['found']): string {
  return `${found.bytes.toString(36)}-${found.modifiedAt.toString(36)}`;
}

/** Sets what browsers need to know to keep an answer; true when this browser has it already: 304 is sent. */
export function answerKnown(
  request: IncomingMessage,
  response: ServerResponse,
  { etag, cache }: { etag: string; cache: string },
): boolean {
  response.setHeader('etag', etag);
  response.setHeader('cache-control', cache);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('vary', 'cookie');
  const known = (request.headers['if-none-match'] ?? '')
    .split(/\s*,\s*/)
    .some((one) => one === '*' || one.replace(/^W\//, '') === etag);
  if (!known) return false;
  response.statusCode = 304;
  response.end();
  return true;
}

/** Answers GET or HEAD with an object or the range asked for. */
export async function sendObject(
  store: MediaStore,
  request: IncomingMessage,
  response: ServerResponse,
  { key, type, cache, found }: Sending,
): Promise<void> {
  const etag = `"${versionOf(found)}"`;
  response.setHeader('last-modified', new Date(found.modifiedAt).toUTCString());
  response.setHeader('accept-ranges', 'bytes');
  if (answerKnown(request, response, { etag, cache })) return;
  response.setHeader('content-type', type);
  const ifRange = request.headers['if-range'];
  const range =
    typeof ifRange === 'string' && ifRange !== etag
      ? 'whole'
      : readByteRange(request.headers.range, found.bytes);
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${found.bytes}`);
    response.statusCode = 416;
    return void response.end();
  }
  const part = range === 'whole' ? { start: 0, end: found.bytes - 1 } : range;
  response.setHeader('content-length', part.end - part.start + 1);
  if (range !== 'whole') {
    response.setHeader('content-range', `bytes ${part.start}-${part.end}/${found.bytes}`);
  }
  response.statusCode = range === 'whole' ? 200 : 206;
  if (request.method === 'HEAD' || found.bytes === 0) return void response.end();
  await send(store.read(key, part), response);
}

/** Closes the file when the browser goes away, which players do all the time. */
async function send(file: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  try {
    await pipeline(file, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
