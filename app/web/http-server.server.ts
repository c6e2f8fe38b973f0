import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express from 'express';
import sirv from 'sirv';
import helmet from 'helmet';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { areaOf, listAreas, narrowBuild } from './area-build.server';
import type { Health } from './health.server';
import { leanHeaders } from './lean-headers.server';
import type { Platform } from './platform.server';
import {
  readConnection,
  refuseForeign,
  refuseMalformed,
  type Refusal,
} from './request-guard.server';

// The bundle lies in <build>/server, the browser's files beside it.
const CLIENT_FILES = fileURLToPath(new URL('../client', import.meta.url));

/** A request on its way through the server, with what the front door learned of it. */
export type Exchange = IncomingMessage & {
  requestId: string;
  nonce: string;
  address: string;
  secure: boolean;
};

/** What the server answers itself, before the pages: uploads, media files, beats. */
export interface DirectRoute {
  /** For metrics and the access table. */
  name: string;
  match: RegExp;
  /** Answers only JSON to programs, very often: `leanHeaders` instead of the page's, a log line only at debug level. */
  lean?: boolean;
  handle(request: Exchange, response: ServerResponse): void | Promise<void>;
}

/** What the server answers to a WebSocket's handshake, once the front door has let it pass. */
export interface SocketRoute {
  /** For the access table. */
  name: string;
  match: RegExp;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Ends its connections; resolves when what they brought is stored. */
  close(): Promise<void>;
}

const LONGEST_REQUEST_MS = 3_600_000;

/** The HTTP server: front door, the server's own routes, then files of the build and the pages. */
export function createHttpServer(
  platform: Platform,
  build: ServerBuild,
  health: Health,
  directRoutes: DirectRoute[],
  socketRoutes: SocketRoute[],
): Server {
  const { settings, log } = platform;
  const pages = createPages(platform, build);
  const publicHost = settings.publicUrl && new URL(settings.publicUrl).host;
  const secured = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: contentPolicy(listMediaOrigins(platform)),
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.publicUrl?.startsWith('https:') ? {} : false,
    xFrameOptions: { action: 'deny' },
  });

  const answer = (request: Exchange, response: ServerResponse) => {
    const started = performance.now();
    const connection = readConnection(request, settings.trustProxy);
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const direct = directRoutes.find((candidate) => candidate.match.test(path));
    request.requestId = randomUUID();
    request.address = connection.address;
    request.secure = connection.secure;
    let route = direct?.name ?? 'page';
    response.once('close', () => {
      const ms = performance.now() - started;
      health.observe(route, request.method ?? '', response.statusCode, ms / 1000);
      log[direct?.lean ? 'debug' : 'info'](
        {
          requestId: request.requestId,
          method: request.method,
          route,
          status: response.statusCode,
          ms: Math.round(ms),
        },
        'answered',
      );
    });
    // Node sends headers that are given all at once, by the route itself, for half of what each set one costs.
    if (!direct?.lean) {
      response.setHeader('x-request-id', request.requestId);
      request.nonce = randomBytes(16).toString('base64url');
      secured(request, response, () => undefined);
    }
    const refusal =
      refuseMalformed(request) ??
      refuseForeign(request, settings.publicUrl ?? ownOrigin(connection));
    if (refusal) return refuse(response, refusal, direct?.lean ? leanHeaders(request) : {});
    if (health.answer(path, request, response, connection.address)) {
      route = path;
      return;
    }
    if (!direct) {
      // Remix compares Origin with these once more; a proxy may have put its own there.
      request.headers.host = publicHost ?? connection.host;
      delete request.headers['x-forwarded-host'];
      return pages(request, response);
    }
    Promise.resolve(direct.handle(request, response)).catch((error: unknown) => {
      log.error({ err: error, requestId: request.requestId }, 'a direct route failed');
      if (!response.headersSent) {
        const fault = { status: 500, type: 'internal', detail: 'Something went wrong here.' };
        refuse(response, fault, direct.lean ? leanHeaders(request) : {});
      } else response.destroy();
    });
  };

  const server = createServer((request, response) => answer(request as Exchange, response));
  // A whole film in one request of a program, over a slow line; Node would cut it after 5 minutes.
  server.requestTimeout = LONGEST_REQUEST_MS;
  server.on('upgrade', (request, socket, head) => {
    // A connection that breaks before it is anybody's must not end the process.
    socket.on('error', () => socket.destroy());
    const connection = readConnection(request, settings.trustProxy);
    const refusal =
      refuseMalformed(request) ??
      refuseForeign(request, settings.publicUrl ?? ownOrigin(connection), true);
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const route = refusal ? undefined : socketRoutes.find(({ match }) => match.test(path));
    if (route) return void route.upgrade(request, socket, head);
    socket.end(`HTTP/1.1 ${refusal ? refusal.status : 404} Refused\r\nConnection: close\r\n\r\n`);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  return server;
}

function createPages(platform: Platform, build: ServerBuild) {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', platform.settings.trustProxy);
  // The build lays compressed files beside the assets (vite.config.ts).
  const year = { immutable: true, maxAge: 31_536_000, gzip: true, brotli: true };
  app.use('/assets', sirv(`${CLIENT_FILES}/assets`, year));
  const files = express.static(CLIENT_FILES, { maxAge: '1h' });
  // A page has no ending: the disk need not be asked for it.
  app.use((request, response, next) => {
    if (/\.\w+$/.test(request.path)) files(request, response, next);
    else next();
  });
  app.use(compression());
  const remix = (own: ServerBuild) =>
    createRequestHandler({
      build: own,
      mode: process.env.NODE_ENV ?? 'production',
      getLoadContext: (request, response) => {
        const { address, secure, nonce, requestId } = request as unknown as Exchange;
        const setCookie = (cookie: string) => {
          if (!response.headersSent) response.append('set-cookie', cookie);
        };
        return { ...platform, address, secure, nonce, requestId, setCookie, viewers: new Map() };
      },
    });
  const whole = remix(build);
  const areas = new Map(
    [...listAreas(build.routes)].map((area) => [area, remix(narrowBuild(build, area))]),
  );
  app.use((request, response, next) => {
    const handle = areas.get(areaOf(request.path)) ?? whole;
    void handle(request, response, next);
  });
  return (request: IncomingMessage, response: ServerResponse) => {
    app(request, response);
  };
}

type Policy = Record<string, Iterable<string | ((request: IncomingMessage) => string)>>;

/** Where segments may come from besides this server. */
function listMediaOrigins({ mediaStore, settings }: Platform): string[] {
  const cdn = settings.mediaCdnUrl && new URL(settings.mediaCdnUrl).origin;
  return [cdn ?? mediaStore.origin].filter((origin) => origin !== undefined);
}

const contentPolicy = (mediaOrigins: string[]): Policy => ({
  'default-src': ["'self'"],
  'script-src': ["'self'", (request) => `'nonce-${(request as Exchange).nonce}'`],
  'style-src': ["'self'", (request) => `'nonce-${(request as Exchange).nonce}'`],
  // The kit sets style attributes; style elements still need the nonce.
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'"],
  'font-src': ["'self'", 'data:'],
  'media-src': ["'self'", 'blob:', ...mediaOrigins],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'", ...mediaOrigins],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
});

function ownOrigin(connection: { secure: boolean; host: string }): string {
  return `${connection.secure ? 'https' : 'http'}://${connection.host}`;
}

function refuse(
  response: ServerResponse,
  refusal: Omit<Refusal, 'status'> & { status: number },
  headers: Record<string, string>,
): void {
  const { status, type, detail } = refusal;
  response.writeHead(status, { ...headers, 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type, title: type, status, detail }));
}
