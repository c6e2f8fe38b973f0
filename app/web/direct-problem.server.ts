import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemOf } from './api.server';

/** Answers one of the server's own routes with the problem of what was thrown; throws what is not ours. */
export async function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
): Promise<void> {
  const answer = problemOf(thrown);
  const body = request.method === 'HEAD' ? '' : await answer.text();
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  // What was not read of the body must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(answer.status, {
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
