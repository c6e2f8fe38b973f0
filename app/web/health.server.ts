import { access } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import client from 'prom-client';
import { listPendingMigrations } from '~db/migrate';
import type { Platform } from './platform.server';

const READY_FOR_MS = 1_000;

/** What createHealth answers, for the access table. */
export const HEALTH_PATHS = ['/healthz', '/readyz', '/metrics'] as const;

/** What one process knows of itself: whether it drains, what it answered. */
export interface Health {
  drain(): void;
  readonly draining: boolean;
  /** Counts one answered request. */
  observe(route: string, method: string, status: number, seconds: number): void;
  /** Answers /healthz, /readyz and /metrics; false when the path is none of them. */
  answer(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
  ): boolean;
}

export function createHealth(platform: Platform): Health {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const requests = new client.Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by kind of route',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  // Looking a series up by its labels costs more than counting in it.
  const observed = new Map<string, client.Histogram.Internal<string>>();
  let draining = false;
  let checked: { at: number; failure: string | undefined } | undefined;
  let checking: Promise<string | undefined> | undefined;

  const readiness = async (): Promise<string | undefined> => {
    if (draining) return 'draining';
    if (checked && performance.now() - checked.at < READY_FOR_MS) return checked.failure;
    checking ??= findFailure(platform).finally(() => (checking = undefined));
    const failure = await checking;
    checked = { at: performance.now(), failure };
    return draining ? 'draining' : failure;
  };

  const mayReadMetrics = (request: IncomingMessage, address: string) => {
    const { metricsToken, trustProxy } = platform.settings;
    if (metricsToken && request.headers.authorization === `Bearer ${metricsToken}`) return true;
    // Behind a proxy that nobody declared, everybody seems to come from loopback.
    const undeclared = trustProxy === 0 && request.headers['x-forwarded-for'] !== undefined;
    return !undeclared && /^(127\.|::1$)/.test(address);
  };

  return {
    drain: () => (draining = true),
    get draining() {
      return draining;
    },
    observe(route, method, status, seconds) {
      const name = `${route} ${method} ${status}`;
      const series = observed.get(name) ?? requests.labels(route, method, String(status));
      observed.set(name, series);
      series.observe(seconds);
    },
    answer(path, request, response, address) {
      if (path === '/healthz') {
        send(response, 200, 'ok');
      } else if (path === '/readyz') {
        void readiness().then((failure) => send(response, failure ? 503 : 200, failure ?? 'ready'));
      } else if (path === '/metrics') {
        if (!mayReadMetrics(request, address)) send(response, 404, 'not found');
        else
          void registry.metrics().then((text) => send(response, 200, text, registry.contentType));
      } else {
        return false;
      }
      return true;
    },
  };
}

async function findFailure(platform: Platform): Promise<string | undefined> {
  try {
    await platform.db
      .insertInto('readiness')
      .values({ id: 'readyz', checked_at: platform.clock.now() })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({ checked_at: eb.ref('excluded.checked_at') })),
      )
      .execute();
  } catch {
    return 'database';
  }
  try {
    if ((await listPendingMigrations(platform.client)).length > 0) return 'migrations';
  } catch {
    return 'database';
  }
  try {
    await platform.mediaStore.check();
    await access(platform.settings.dataDir);
  } catch {
    return 'media store';
  }
  return undefined;
}

function send(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}
