import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { getLearnerClass } from '../classes/get-learner-class.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { listClassLearners } from '../classes/list-class-learners.server';
import { listLearnerClasses } from '../classes/list-learner-classes.server';
import { sealDays, SEAL_MARGIN_MS } from '../proof/seal-days.server';
import {
  DAY,
  liveDays,
  MINUTE,
  MONDAY,
  ZONE,
  type LivedDays,
} from '../proof/testing-lived-days.server';
import { verifySeals } from '../proof/verify-seals.server';
import { getEnrollmentRecord } from '../reports/get-enrollment-record.server';
import { reportClassHours } from '../reports/list-class-hour-totals.server';
import { getSettlement } from '../settlements/get-settlement.server';
import { previewSettlement } from '../settlements/preview-settlement.server';
import { settleClass } from '../settlements/settle-class.server';
import { correctClassHours } from './correct-class-hours.server';
import { describeDifference } from './difference';
import { explainClassHours } from './explain-class-hours.server';
import { openWatchSession } from './open-watch-session.server';
import { reconcile } from './reconcile.server';

let client: DatabaseClient;
let lived: LivedDays;
beforeEach(async () => {
  client = await openTestDatabase({ clockDriven: true });
  lived = await liveDays(client);
});
afterEach(() => client.close());

const own = (lesson = 0) => ({
  enrollmentId: lived.world.learners[0]!.enrollmentId,
  lessonId: lived.world.course.lessons[lesson]!.id,
});

const correct = (minutes: number, given: { lesson?: number; day?: string; at?: number } = {}) =>
  correctClassHours(
    client.db,
    lived.world.manager,
    {
      ...own(given.lesson),
      ...{ day: given.day ?? '2026-11-02', ms: minutes * MINUTE, reason: '停电补记' },
    },
    { zone: ZONE, now: given.at ?? MONDAY + DAY },
  );

const reconciled = async () => (await reconcile(client.db, ZONE)).map(describeDifference);

test('a correction is part of every figure that is shown, and of none that the law counts by', async () => {
  await lived.study(0, MONDAY, 3);
  await correct(2);
  const { db } = client;
  const { manager, classId } = lived.world;
  const { personId } = lived.world.learners[0]!.viewer;
  const at = MONDAY + DAY;
  const shown = 5 * MINUTE;
  const seen = await getLearnerClass(db, personId, own().enrollmentId, at, ZONE);
  const lesson = seen.courses[0]!.chapters[0]!.lessons[0]!;
  expect(lesson).toMatchObject({ creditedMs: shown, coveredMs: 3 * MINUTE, spentMs: 3 * MINUTE });
  const [listed] = await listLearnerClasses(db, personId, at, ZONE);
  expect(listed).toMatchObject({ creditedMs: shown });
  const [managed] = await listClassLearners(db, classId);
  expect(managed).toMatchObject({ creditedMs: shown });
  const record = await getEnrollmentRecord(db, manager, own().enrollmentId);
  expect(record).toMatchObject({ creditedMs: shown });
  expect(record.lessons[0]!.days).toEqual([{ day: '2026-11-02', creditedMs: shown }]);
  const range = { order: 'key' as const };
  const { total } = await reportClassHours(db, 'all', { classId }, 'class', range);
  expect(total).toMatchObject({ creditedMs: shown });
  const explained = await explainClassHours(db, manager, own(), { zone: ZONE, now: at });
  expect(explained).toMatchObject({ creditedMs: shown, coveredMs: 3 * MINUTE });
  expect(explained.byDay).toEqual([{ day: '2026-11-02', creditedMs: shown, spentMs: 3 * MINUTE }]);
  const { credited_ms } = await db
    .selectFrom('learner_day')
    .select('credited_ms')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  expect(credited_ms).toBe(3 * MINUTE);
  expect(await reconciled()).toEqual([]);
});

test('corrections stay when the learner studies on, and when days are counted anew', async () => {
  await lived.study(0, MONDAY, 3);
  await correct(2);
  await correct(-1);
  await lived.study(0, MONDAY + 2 * DAY, 4);
  const opened = await openWatchSession(
    client.db,
    { personId: lived.world.learners[0]!.viewer.personId, ...own() },
    { zone: ZONE, now: MONDAY + 3 * DAY },
  );
  expect(opened.creditedMs).toBe(8 * MINUTE);
  const given = { zone: ZONE, now: MONDAY + 3 * DAY };
  const explained = await explainClassHours(client.db, lived.world.manager, own(), given);
  expect(explained.creditedMs).toBe(8 * MINUTE);
  const decided = explained.plays.filter((play) => 'correction' in play);
  expect(decided.map(({ creditedMs }) => creditedMs)).toEqual([2 * MINUTE, -MINUTE]);
  expect(await reconciled()).toEqual([]);
});

test('a lesson that was never played can be corrected, and is counted as usual afterwards', async () => {
  await correct(5);
  expect(await reconciled()).toEqual([]);
  const [learner] = await listClassLearners(client.db, lived.world.classId);
  expect(learner).toMatchObject({ creditedMs: 5 * MINUTE, lastStudiedAt: null });
  await lived.study(0, MONDAY + 2 * DAY, 4);
  const given = { zone: ZONE, now: MONDAY + 3 * DAY };
  const explained = await explainClassHours(client.db, lived.world.manager, own(), given);
  expect(explained).toMatchObject({ creditedMs: 9 * MINUTE, spentMs: 4 * MINUTE });
  expect(await reconciled()).toEqual([]);
});

test('a learner completes the class by a correction that reaches what is required', async () => {
  const lessons = lived.world.course.lessons;
  for (const { id, kind } of lessons) {
    if (kind === 'video') continue;
    await client.db
      .insertInto('article_reading')
      .values({ enrollment_id: own().enrollmentId, lesson_id: id, read_at: MONDAY })
      .execute();
  }
  await lived.study(0, MONDAY, 10);
  await client.db
    .updateTable('training_class')
    .set({ required_tenths: 4 })
    .where('id', '=', lived.world.classId)
    .execute();
  await lived.study(0, MONDAY + DAY, 5, 1);
  const status = async () =>
    (await listClassLearners(client.db, lived.world.classId)).find(
      ({ enrollmentId }) => enrollmentId === own().enrollmentId,
    )!.status;
  expect(await status()).toBe('enrolled');
  await correct(-1, { at: MONDAY + 2 * DAY });
  expect(await status()).toBe('enrolled');
  await client.db
    .updateTable('training_class')
    .set({ required_tenths: 3 })
    .where('id', '=', lived.world.classId)
    .execute();
  await correct(1, { at: MONDAY + 2 * DAY });
  expect(await status()).toBe('completed');
});

test('a total that does not have what was decided is named', async () => {
  await lived.study(0, MONDAY, 3);
  await correct(2);
  await client.db.updateTable('lesson_day').set({ corrected_ms: 0 }).execute();
  await client.db.updateTable('lesson_total').set({ corrected_ms: MINUTE }).execute();
  const [first, second, ...rollUps] = await reconciled();
  expect(first).toContain('lesson_total');
  expect(first).toContain('correctedMs');
  expect(second).toContain('2026-11-02 correctedMs');
  expect(rollUps.join('\n')).toContain('class_day');
});

test('a correction is sealed on the day of its decision, and altering it breaks the seal', async () => {
  await lived.study(0, MONDAY, 3);
  await correct(2);
  await sealDays(client.db, {
    zone: ZONE,
    now: MONDAY + 2 * DAY + 15 * 3_600_000 + SEAL_MARGIN_MS,
  });
  expect(await verifySeals(client.db)).toEqual([]);
  await client.db.updateTable('correction').set({ reason: '改过的理由' }).execute();
  const [difference] = await verifySeals(client.db);
  expect(difference).toMatchObject({ day: '2026-11-03', what: 'evidence', how: 'altered' });
  expect(difference!.record).toContain('改过的理由');
});

test('a correction of settled days is an adjustment of the next settlement', async () => {
  await lived.study(0, MONDAY, 3);
  const settle = async (toDay: string, at: number) => {
    const { db } = client;
    const { manager, classId } = lived.world;
    const trainingClass = await getManagedClass(db, manager, classId);
    const today = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
    const { number, totalMs } = await previewSettlement(db, trainingClass, { toDay, today });
    const form = { toDay, number, totalMs, note: '' };
    await settleClass(db, manager, { classId, form, today, now: at });
    const { lines } = await getSettlement(db, classId, number);
    const line = lines.find(({ name }) => name === '学员1')!;
    return [line.creditedMs, line.adjustmentMs];
  };
  expect(await settle('2026-11-02', MONDAY + DAY)).toEqual([3 * MINUTE, 0]);
  await correct(2);
  await correct(1, { day: '2026-11-03' });
  expect(await settle('2026-11-03', MONDAY + 2 * DAY)).toEqual([MINUTE, 2 * MINUTE]);
});
