import * as build from 'virtual:remix/server-build';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { openDatabase } from '~db/client.server';
import { migrate } from '~db/migrate';
import { createClock } from '~/infra/clock.server';
import type { Settings } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';
import { createHttpServer } from './http-server.server';
import type { Platform } from './platform.server';

/** Opens everything, brings the database up to date, and listens. */
export async function startServer(settings: Settings): Promise<void> {
  const log = pino({ level: settings.logLevel });
  const client = openDatabase(settings.databaseUrl);
  const clock = createClock();
  await migrate(client, clock.now());
  const mediaStore = openMediaStore(settings.mediaUrl);
  const platform: Platform = { db: client.db, client, clock, settings, mediaStore, log };
  const server = createHttpServer(platform, build);
  server.listen(settings.port, settings.host, () => {
    log.info({ port: (server.address() as AddressInfo).port }, 'listening');
  });
}
