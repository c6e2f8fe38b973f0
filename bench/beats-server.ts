import type { ServerBuild } from '@remix-run/node';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '~db/client.server';
import { migrate } from '~db/migrate';
import { makeStudyWorld } from '~db/testing-study';
import { createBeatRecorder } from '~/domain/class-hours/beat-recorder.server';
import { openWatchSession } from '~/domain/class-hours/open-watch-session.server';
import { createClock } from '~/infra/clock.server';
import { readEnvironment } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';
import { createBeatsRoute } from '~/web/beats.server';
import { createHealth } from '~/web/health.server';
import { createHttpServer } from '~/web/http-server.server';
import type { Platform } from '~/web/platform.server';
import { signedInCookie } from '~/web/testing-request.server';
import type { LoadViewer } from './beat-load';

// A process: the platform's own front door and its beats, as `npm start` runs them, over a new database with
// as many learners as asked for. Pages are not served here.
const TWENTY_HOURS = 20 * 3_600_000;
const learners = Number(process.argv[3] ?? 64);
const settings = readEnvironment({ DATA_DIR: mkdtempSync(join(tmpdir(), 'jiangxue-bench-')) });
const log = pino(pino.destination('/dev/null'));
const client = openDatabase(process.argv[2] ?? '');
const clock = createClock();
await migrate(client, clock.now());
const { db } = client;
const { zone } = settings;
const beatRecorder = createBeatRecorder({ db, clock, zone });
const mediaStore = openMediaStore(settings.mediaUrl);
const platform: Platform = { db, client, clock, settings, mediaStore, log, beatRecorder };

const world = await makeStudyWorld(db, clock.now(), {
  learners,
  lessons: [{ title: '曲轴', durationMs: 2_700_000 }],
});
const context = { ...platform, address: '', secure: false, nonce: '', requestId: '' };
const viewers: LoadViewer[] = [];
for (const { viewer, enrollmentId } of world.learners) {
  const wanted = { personId: viewer.personId, enrollmentId, lessonId: world.course.lessons[0]!.id };
  const session = await openWatchSession(db, wanted, { zone, now: clock.now() - TWENTY_HOURS });
  const cookie = await signedInCookie(context, viewer.personId);
  viewers.push({ path: `/api/watch-sessions/${session.id}/beats`, cookie, seq: 0 });
}
await db
  .updateTable('watch_session')
  .set({ started_at: clock.now() - TWENTY_HOURS })
  .execute();

const build = {} as ServerBuild;
const server = createHttpServer(platform, build, createHealth(platform), [
  createBeatsRoute(platform),
]);
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('SIGTERM', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port, viewers });
});
