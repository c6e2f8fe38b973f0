import type { Exchange } from './http-server.server';

/** The headers that every answer of a lean route has. */
export const leanHeaders = (request: Exchange) => ({
  'x-request-id': request.requestId,
  'x-content-type-options': 'nosniff',
});
