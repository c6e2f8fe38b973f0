import pino from 'pino';
import { openDatabase } from '~db/client.server';
import { createClock } from './infra/clock.server';
import { openMediaStore } from './infra/media-store.server';
import { startWorker } from './worker';

// A worker in a process of its own, for tests that kill it: testing-worker.ts DATABASE_URL MEDIA_URL
const [databaseUrl = '', mediaUrl = ''] = process.argv.slice(2);
const worker = startWorker({
  db: openDatabase(databaseUrl).db,
  clock: createClock(),
  mediaStore: openMediaStore(mediaUrl),
  settings: { zone: 'Asia/Shanghai' },
  log: pino({ level: 'warn' }, pino.destination(2)),
});
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
