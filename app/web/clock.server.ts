import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { isDriven } from '~/infra/clock.server';
import { check, problem } from './api.server';
import { readDirectJson } from './direct-body.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';
import type { Platform } from './platform.server';

const LONGEST_STEP_MS = 366 * 86_400_000;
const clockBody = z.object({ advanceMs: z.int().min(0).max(LONGEST_STEP_MS) });

/**
 * POST /api/clock { advanceMs } -> { now }: moves a driven clock on. For programs on the machine itself; where
 * time runs by itself, and for whoever's own connection is not from loopback, there is nothing here.
 */
export function createClockRoute({ clock }: Pick<Platform, 'clock'>): DirectRoute {
  return {
    name: '/api/clock',
    match: /^\/api\/clock\/?$/,
    lean: true,
    async handle(request, response) {
      try {
        if (!isDriven(clock) || !isFromLoopback(request)) {
          throw problem(404, 'not-found', 'There is nothing here.');
        }
        if (request.method !== 'POST') {
          throw problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
        }
        const { advanceMs } = check(clockBody, await readDirectJson(request));
        const text = JSON.stringify({ now: new Date(clock.advance(advanceMs)).toISOString() });
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'cache-control': 'no-store',
        });
        response.end(text);
      } catch (error) {
        await sendProblem(request, response, error);
      }
    },
  };
}

/** By the socket's peer: what a proxy says of the caller changes nothing here. */
function isFromLoopback(request: IncomingMessage): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '');
}
