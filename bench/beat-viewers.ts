import { openDatabase } from '~db/client.server';
import { migrate } from '~db/migrate';
import { makeStudyWorld } from '~db/testing-study';
import { openWatchSession } from '~/domain/class-hours/open-watch-session.server';
import { signedInCookie, testContext } from '~/web/testing-request.server';
import type { LoadViewer } from './beat-load';

const TWENTY_HOURS = 20 * 3_600_000;
const ZONE = 'Asia/Shanghai';

/** Makes a database with a running class whose learners each have had a player open for 20 hours. */
export async function prepareViewers(
  url: string,
  learners: number,
  rules: { offlineAllowanceMs?: number } = {},
): Promise<LoadViewer[]> {
  const client = openDatabase(url);
  const { db } = client;
  const now = Date.now();
  await migrate(client, now);
  const world = await makeStudyWorld(db, now, {
    ...rules,
    learners,
    lessons: [{ title: '曲轴', durationMs: 2_700_000 }],
    // All of the 20 hours is in touch, so that the beats count.
    offlineAllowanceMs: 24 * 3_600_000,
  });
  const lessonId = world.course.lessons[0]!.id;
  const context = testContext(client, now);
  const viewers: LoadViewer[] = [];
  for (const { viewer, enrollmentId } of world.learners) {
    const { personId } = viewer;
    const wanted = { personId, enrollmentId, lessonId };
    const { id } = await openWatchSession(db, wanted, { zone: ZONE, now });
    const cookie = await signedInCookie(context, personId);
    viewers.push({ path: `/api/watch-sessions/${id}/beats`, cookie, seq: 0 });
  }
  await db
    .updateTable('watch_session')
    .set({ started_at: now - TWENTY_HOURS })
    .execute();
  await client.close();
  return viewers;
}
