import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express from 'express';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platform.server';

// The bundle lies in <build>/server, the browser's files beside it.
const CLIENT_FILES = fileURLToPath(new URL('../client', import.meta.url));

/** The HTTP server: pages and JSON through Remix, files from the build. */
export function createHttpServer(platform: Platform, build: ServerBuild): Server {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', platform.settings.trustProxy);
  app.use('/assets', express.static(`${CLIENT_FILES}/assets`, { immutable: true, maxAge: '1y' }));
  app.use(express.static(CLIENT_FILES, { maxAge: '1h' }));
  app.use(compression());
  app.use(
    createRequestHandler({
      build,
      mode: process.env.NODE_ENV ?? 'production',
      getLoadContext: (request) => ({
        ...platform,
        address: request.ip ?? '',
        secure: request.secure,
        nonce: randomBytes(16).toString('base64url'),
        requestId: randomUUID(),
      }),
    }),
  );
  return createServer((request, response) => void app(request, response));
}
