import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { renderToPipeableStream } from 'react-dom/server';

const RENDER_LIMIT_MS = 10_000;
/** A page has no words of its own for it: what could not be stored may be tried again this soon. */
const RETRY_AFTER_S = 5;

// By a stream on purpose: under v3_singleFetch a page made by renderToString never hydrates. Sent whole:
// no page defers anything, and each part would cost the compression and the line a turn of its own.
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
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
        onAllReady() {
          clearTimeout(limit);
          const parts: Uint8Array[] = [];
          const whole = new Writable({
            write(part: Uint8Array, _encoding, done) {
              parts.push(part);
              done();
            },
            final(done) {
              headers.set('content-type', 'text/html; charset=utf-8');
              if (answer === 503) headers.set('retry-after', String(RETRY_AFTER_S));
              const page = pack(Buffer.concat(parts), request, headers);
              resolve(new Response(page, { headers, status: answer }));
              done();
            },
          });
          pipe(whole);
        },
        onShellError(error: unknown) {
          clearTimeout(limit);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
        onError(error: unknown) {
          answer = 500;
          context.log.error({ err: error, requestId: context.requestId }, 'rendering failed');
        },
      },
    );
    const limit = setTimeout(abort, RENDER_LIMIT_MS + 1_000).unref();
  });
}

/**
 * A page for those who take it compressed: at once, for less than half of what a stream through the
 * middleware costs, which leaves alone what is encoded already.
 */
function pack(
  page: Buffer<ArrayBuffer>,
  request: Request,
  headers: Headers,
): Uint8Array<ArrayBuffer> {
  if (!/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers.get('accept-encoding') ?? ''))
    return page;
  headers.set('content-encoding', 'gzip');
  headers.append('vary', 'accept-encoding');
  return gzipSync(page);
}

export function handleError(
  error: unknown,
  args: { request: Request; context: AppLoadContext },
): void {
  if (args.request.signal.aborted) return;
  args.context.log.error({ err: error, requestId: args.context.requestId }, 'a page failed');
}
