import type { CancellationContext, Upload } from '@tus/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UploadStore } from './upload-store.server';

/** The request as Node sees it, behind the upload server's own. */
export interface Wrapped {
  runtime?: { node?: { req: IncomingMessage; res?: ServerResponse } | undefined } | undefined;
}

/** Of the upload server's handlers: what takes a request's body. */
interface TakesBytes {
  writeToStore(
    body: unknown,
    upload: Upload,
    most: number,
    context: CancellationContext,
  ): Promise<number>;
}

/** What a request means to do: the protocol lets a POST stand for it, for lines on which no other method passes. */
export function methodOf({ method = 'GET', headers }: IncomingMessage): string {
  const override = headers['x-http-method-override'];
  return method === 'POST' && typeof override === 'string' ? override : method;
}

/**
 * A request for the upload server whose body is Node's own stream: made into a stream of the web and
 * back, each 64 kB of a film would cost more than writing them.
 */
export function asWebRequest(request: IncomingMessage, response: ServerResponse): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const url = new URL(request.url ?? '/', 'http://localhost');
  const asked = new Request(url, { method: methodOf(request), headers });
  const node = { req: request, res: response };
  return Object.defineProperties(asked, {
    body: { value: request },
    runtime: { value: { node } },
  });
}

/** Lets a handler of the upload server give the bytes of such a request to the store. */
export function takeBytesWith(handler: object, store: UploadStore): void {
  const takesBytes: TakesBytes = {
    writeToStore: (body, upload, most, { signal }) =>
      store.receive(body as IncomingMessage, upload, most, signal),
  };
  Object.assign(handler, takesBytes);
}

/** Sends what the upload server answered. */
export async function sendAnswer(response: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text();
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(body);
}
