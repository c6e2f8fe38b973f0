import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DatabaseClient } from '~db/client.server';
import { createBeatRecorder } from '~/domain/class-hours/beat-recorder.server';
import { createClock, type Clock } from '~/infra/clock.server';
import { openBeatStore } from '~/open-beat-store';
import * as explanation from './class-hours-explanation';
import * as me from './me';
import * as presenceChecks from './presence-checks';
import * as watchSessions from './watch-sessions';
import { createBeatsRoute } from '~/web/beats.server';
import type { Exchange } from '~/web/http-server.server';
import { signedInCookie, testContext } from '~/web/testing-request.server';

type Handler = (args: LoaderFunctionArgs) => Response | Promise<Response>;

const ROUTES: [RegExp, { loader: Handler; action?: Handler }][] = [
  [/^\/api\/me$/, me],
  [/^\/api\/watch-sessions$/, watchSessions],
  [/^\/api\/watch-sessions\/(?<id>[^/]+)\/presence-checks\/(?<checkId>[^/]+)$/, presenceChecks],
  [/^\/api\/enrollments\/(?<id>[^/]+)\/lessons\/(?<lessonId>[^/]+)\/class-hours$/, explanation],
];

/** A server over a test database: the beats' own route, and the JSON routes of studying by their loaders and actions. */
export interface TestServer {
  url: string;
  context: AppLoadContext;
  /** Sends JSON (or `raw` text) as this person; answers status, headers and the JSON body. */
  call(
    personId: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    given?: { raw?: string; type?: string },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export async function startTestServer(
  client: DatabaseClient,
  clock: Clock = createClock(),
): Promise<TestServer> {
  const still = testContext(client, clock.now());
  const { zone } = still.settings;
  const lost = (error: Error) => {
    throw error;
  };
  const beatRecorder = createBeatRecorder(openBeatStore(client, { clock, zone, lost }));
  const context: AppLoadContext = { ...still, clock, beatRecorder };
  const beats = createBeatsRoute(context);
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const exchange = Object.assign(request as Exchange, { requestId: context.requestId });
    const work = beats.match.test(path)
      ? Promise.resolve(beats.handle(exchange, response))
      : answerRoute(context, request, response, path);
    work.catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cookies = new Map<string, string>();
  return {
    url,
    context,
    async call(personId, method, path, body, given = {}) {
      const headers: Record<string, string> = { 'content-type': given.type ?? 'application/json' };
      if (personId !== undefined) {
        const cookie = cookies.get(personId) ?? (await signedInCookie(context, personId));
        cookies.set(personId, cookie);
        headers.cookie = cookie;
      }
      const text = given.raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const init: RequestInit = text === undefined ? {} : { body: text };
      const response = await fetch(`${url}${path}`, { method, headers, ...init });
      const answered = await response.text();
      const parsed = answered === '' ? undefined : (JSON.parse(answered) as unknown);
      return { status: response.status, headers: response.headers, body: parsed };
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await beatRecorder.close();
    },
  };
}

async function answerRoute(
  context: AppLoadContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const found = ROUTES.find(([pattern]) => pattern.test(path));
  if (!found) return void response.writeHead(404).end();
  const [pattern, route] = found;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const method = request.method ?? 'GET';
  const body = parts.length > 0 ? { body: Buffer.concat(parts) } : {};
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const handle = method === 'GET' ? route.loader : (route.action ?? route.loader);
  const answer = await handle({
    request: new Request(`http://localhost${path}`, { method, headers, ...body }),
    context,
    params: { ...pattern.exec(path)?.groups },
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}
