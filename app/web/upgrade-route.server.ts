import type { IncomingMessage } from 'node:http';
import { problem } from './api.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';

/**
 * A plain GET at the address of a WebSocket: 426 for those whom `admit` lets in, and its refusal for others, so that a
 * browser whose connection is refused, and that is not told why, can ask.
 */
export function createUpgradeRoute(
  address: Pick<DirectRoute, 'name' | 'match'>,
  admit: (request: IncomingMessage) => Promise<unknown>,
  why: string,
): DirectRoute {
  const refuse = async (request: IncomingMessage): Promise<never> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw problem(405, 'method-not-allowed', 'Use GET.', { headers: { allow: 'GET, HEAD' } });
    }
    await admit(request);
    throw problem(426, 'upgrade-required', why, { headers: { upgrade: 'websocket' } });
  };
  return {
    ...address,
    handle: async (request, response) => {
      try {
        await refuse(request);
      } catch (error) {
        await sendProblem(request, response, error);
      }
    },
  };
}
