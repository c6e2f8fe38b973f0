import {
  createReadableStreamFromReadable,
  type AppLoadContext,
  type EntryContext,
} from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { PassThrough } from 'node:stream';
import { renderToPipeableStream } from 'react-dom/server';

const RENDER_LIMIT_MS = 10_000;

// Streamed on purpose: under v3_singleFetch a page made by renderToString never hydrates.
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const whole = isbot(request.headers.get('user-agent') ?? '');
  return new Promise((resolve, reject) => {
    let shellSent = false;
    let answer = status;
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer
        context={remixContext}
        url={request.url}
        abortDelay={RENDER_LIMIT_MS}
        nonce={context.nonce}
      />,
      {
        nonce: context.nonce,
        [whole ? 'onAllReady' : 'onShellReady']() {
          shellSent = true;
          const body = new PassThrough();
          headers.set('content-type', 'text/html; charset=utf-8');
          resolve(
            new Response(createReadableStreamFromReadable(body), { headers, status: answer }),
          );
          pipe(body);
        },
        onShellError: (error: unknown) =>
          reject(error instanceof Error ? error : new Error(String(error))),
        onError(error: unknown) {
          answer = 500;
          if (shellSent)
            context.log.error({ err: error, requestId: context.requestId }, 'rendering failed');
        },
      },
    );
    setTimeout(abort, RENDER_LIMIT_MS + 1_000).unref();
  });
}

export function handleError(
  error: unknown,
  args: { request: Request; context: AppLoadContext },
): void {
  if (args.request.signal.aborted) return;
  args.context.log.error({ err: error, requestId: args.context.requestId }, 'a page failed');
}
