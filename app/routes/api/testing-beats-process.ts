import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeSync } from 'node:fs';
import { openDatabase } from '~db/client.server';
import { createBeatRecorder } from '~/domain/class-hours/beat-recorder.server';
import { createClock } from '~/infra/clock.server';
import { openBeatStore } from '~/open-beat-store';
import { createBeatsRoute } from '~/web/beats.server';
import type { Exchange } from '~/web/http-server.server';
import { testContext } from '~/web/testing-request.server';

// A process of its own that takes beats, to be killed by kill-beats.test.ts. It writes to standard output its
// port in a line, then b before each transaction begins and c when it is durable: what is last tells where it died.
const client = openDatabase(process.env.DATABASE_URL ?? '');
const clock = createClock();
const mark = (letter: string) => writeSync(1, letter);

const context = testContext(client, clock.now());
const { zone } = context.settings;
const lost = (error: Error) => writeSync(2, `${error.stack}\n`);
const store = openBeatStore(client, { clock, zone, lost });
const beatRecorder = createBeatRecorder({
  ...store,
  async store(posts) {
    mark('b');
    try {
      return await store.store(posts);
    } finally {
      mark('c');
    }
  },
});
const beats = createBeatsRoute({ ...context, clock, beatRecorder });
const server = createServer((request, response) => {
  const exchange = Object.assign(request as Exchange, { requestId: context.requestId });
  Promise.resolve(beats.handle(exchange, response)).catch((error: unknown) => {
    writeSync(2, `${error instanceof Error ? error.stack : String(error)}\n`);
    response.destroy();
  });
});
server.listen(0, '127.0.0.1', () => {
  writeSync(1, `${(server.address() as AddressInfo).port}\n`);
});
