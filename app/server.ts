import * as build from 'virtual:remix/server-build';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { openDatabase } from '~db/client.server';
import { bootDatabase } from './boot.server';
import { createBeatRecorder } from './domain/class-hours/beat-recorder.server';
import { createClock, createDrivenClock, timersFrom } from './infra/clock.server';
import { readSecret } from './infra/secret.server';
import { readEnvironment, type Settings } from './infra/environment.server';
import { openMediaStore } from './infra/media-store.server';
import { openBeatStore } from './open-beat-store';
import { startSignalRounds } from './signal-rounds';
import { createDirectRoutes, createSocketRoutes } from './web/direct-routes.server';
import { createHealth } from './web/health.server';
import { createHttpServer } from './web/http-server.server';
import type { Platform } from './web/platform.server';
import { startWorker } from './worker';

const DRAIN_LIMIT_MS = 6_000;

/** Opens everything, brings the database up to date, serves, and drains on SIGTERM or SIGINT. */
async function startServer(settings: Settings): Promise<void> {
  const log = pino({ level: settings.logLevel, base: null });
  const client = openDatabase(settings.databaseUrl, settings);
  const mediaStore = openMediaStore(settings.mediaUrl, settings.dataDir);
  const password = settings.demoPassword ?? readSecret(settings.dataDir, 'demo-password', 9);
  const booted = await bootDatabase(client, mediaStore, settings, password, Date.now());
  const { lastStoredAt, databaseNow } = booted;
  const clock = settings.clockDriven
    ? createDrivenClock(lastStoredAt)
    : createClock(lastStoredAt, databaseNow === undefined ? undefined : timersFrom(databaseNow));
  const beatStore = openBeatStore(client, {
    clock,
    zone: settings.zone,
    lost: (error) => log.error({ err: error }, 'the thread that stores beats was lost'),
  });
  const beatRecorder = createBeatRecorder(beatStore);
  const platform: Platform = {
    db: client.db,
    client,
    clock,
    settings,
    mediaStore,
    log,
    beatRecorder,
  };
  const health = createHealth(platform);
  const socketRoutes = createSocketRoutes(platform);
  const directRoutes = createDirectRoutes(platform);
  const server = createHttpServer(platform, build, health, directRoutes, socketRoutes);

  await new Promise<void>((resolve) => {
    server.once('error', (error) => endWith(nameFault(error, settings)));
    server.listen(settings.port, settings.host, resolve);
  });
  announce(server, settings, password, booted.setUpToken);
  const worker = startWorker(platform, {
    conversion: !settings.convertsElsewhere,
    house: true,
  });
  const signalRounds = startSignalRounds(platform);

  let ending = false;
  const end = (signal: string) => {
    if (ending) return;
    ending = true;
    log.info({ signal }, 'draining');
    health.drain();
    const socketsEnded = Promise.all(socketRoutes.map((route) => route.close()));
    const workEnded = Promise.all([worker.stop(), signalRounds.stop(), socketsEnded]);
    const limit = setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MS);
    server.close(() => {
      clearTimeout(limit);
      void workEnded
        .then(() => beatRecorder.close())
        .then(() => client.close())
        // A broken disk is no reason to stay: what was acknowledged is durable.
        .catch((error: unknown) => log.error({ err: error }, 'ending'))
        .then(() => process.exit(0));
    });
    server.closeIdleConnections();
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
}

function nameFault(error: NodeJS.ErrnoException, { host, port }: Settings): string {
  if (error.code === 'EADDRINUSE') return `PORT: ${port} is in use. Choose another.`;
  if (error.code === 'EACCES') return `PORT: ${port} is not open to this user. Choose another.`;
  return `HOST: ${host} cannot be listened on (${error.code ?? error.message}).`;
}

function endWith(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function announce(
  server: Server,
  settings: Settings,
  password: string,
  setUpToken: string | undefined,
): void {
  const { port } = server.address() as AddressInfo;
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host;
  const address = settings.publicUrl ?? `http://${host}:${port}`;
  const lines = [`匠学 Jiangxue  ${address}`];
  if (settings.demo) {
    lines.push(
      '演示账号 demo accounts: admin01, manager01–06, teacher01–06, worker01–40',
      `密码 password: ${password}`,
    );
  }
  if (settings.clockDriven) lines.push('时钟由测试驱动 the clock is driven: POST /api/clock');
  if (setUpToken) lines.push(`第一位管理员 first administrator: ${address}/set-up/${setUpToken}`);
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}

let settings: Settings;
try {
  settings = readEnvironment(process.env);
} catch (error) {
  endWith(error instanceof Error ? error.message : String(error));
}
await startServer(settings);
