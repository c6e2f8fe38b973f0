import pino from 'pino';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '~db/client.server';
import { listPendingMigrations } from '~db/migrate';
import { readClockBasis } from '~/boot.server';
import { createClock, timersFrom } from '~/infra/clock.server';
import { readEnvironment } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';
import { startWorker } from '~/worker';

const settings = readEnvironment(process.env);
const log = pino({ level: settings.logLevel, base: null });
const client = openDatabase(settings.databaseUrl, settings);
let said = false;
const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => ending.abort());

// The server brings the database up to date; several workers need not agree on who does.
while ((await listPendingMigrations(client)).length > 0 && !ending.signal.aborted) {
  if (!said) log.warn('waiting for the server to bring the database up to date');
  said = true;
  await wait(2_000, undefined, { signal: ending.signal }).catch(() => undefined);
}
if (!ending.signal.aborted) {
  const { lastStoredAt, databaseNow } = await readClockBasis(client);
  const clock = createClock(
    lastStoredAt,
    databaseNow === undefined ? undefined : timersFrom(databaseNow),
  );
  const mediaStore = openMediaStore(settings.mediaUrl, settings.dataDir);
  const platform = { db: client.db, clock, mediaStore, settings, log };
  const worker = startWorker(platform, { conversion: true, house: false });
  log.info('converting videos');
  await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }));
  await worker.stop();
}
await client.close();
