import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseClient, Db } from '~db/client.server';
import {
  STORY_BEGINS,
  makeClass,
  makeCourse,
  makeCredit,
  makeEnrollment,
  makeOrganization,
  makePerson,
  type CastCourse,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import type { Viewer } from '../accounts/viewer.server';
import { Conflict, NotFound } from '../shared/errors';
import { completeEnrollment } from './complete-enrollment.server';
import { enrollLearner } from './enroll-learner.server';
import { ensureRuleSets } from './ensure-rule-sets.server';
import { listOpenIntervals } from './open-intervals.server';

const ZONE = 'Asia/Shanghai';
let client: DatabaseClient;
let db: Db;
let college: string;
let manager: Viewer;
let course: CastCourse;

beforeAll(async () => {
  client = await openTestDatabase();
  db = client.db;
});
afterAll(() => client.close());
beforeEach(async () => {
  college = await makeOrganization(db, { name: '鸢都技师学院' });
  manager = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: manager.personId,
    lessons: [{ title: '曲轴' }, { title: '安全须知', kind: 'article' }],
  });
});

const openClass = (given: { capacity?: number; requiredTenths?: number } = {}) =>
  makeClass(db, {
    title: '秋季班',
    organizationId: college,
    createdBy: manager.personId,
    courses: [course],
    ...given,
  });

const enroll = (classId: string, personId: string, now = STORY_BEGINS) =>
  db
    .transaction()
    .execute((trx) => enrollLearner(trx, { classId, personId, byPersonId: manager.personId, now }));

describe('enrolling a learner', () => {
  test('twice makes one enrollment, one dated status and one audit row', async () => {
    const classId = await openClass();
    const worker = await makePerson(db, { name: '孙立明' });
    const first = await enroll(classId, worker.personId);
    const second = await enroll(classId, worker.personId, STORY_BEGINS + 1);
    expect(first.changed).toBe(true);
    expect(second).toEqual({ enrollmentId: first.enrollmentId, changed: false });
    const statuses = await db
      .selectFrom('enrollment_status')
      .select(['status', 'from_at'])
      .where('enrollment_id', '=', first.enrollmentId)
      .execute();
    expect(statuses).toEqual([{ status: 'enrolled', from_at: STORY_BEGINS }]);
    const audit = await db
      .selectFrom('audit_entry')
      .select(['action', 'actor_id'])
      .where('subject_id', '=', first.enrollmentId)
      .execute();
    expect(audit).toEqual([{ action: 'enroll-learner', actor_id: manager.personId }]);
  });

  test('stops at the capacity however many come at once', async () => {
    const classId = await openClass({ capacity: 3 });
    const workers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => makePerson(db, { name: `工人${n}` })),
    );
    const outcomes = await Promise.allSettled(workers.map((w) => enroll(classId, w.personId)));
    const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason as unknown] : []));
    expect(refused).toHaveLength(5);
    for (const reason of refused) {
      expect(reason).toBeInstanceOf(Conflict);
      expect((reason as Conflict).type).toBe('class-full');
    }
    const { taken } = await db
      .selectFrom('enrollment')
      .select((eb) => eb.fn.countAll<number>().as('taken'))
      .where('class_id', '=', classId)
      .executeTakeFirstOrThrow();
    expect(Number(taken)).toBe(3);
  });

  test('of the same person at once from two sides makes one enrollment', async () => {
    const classId = await openClass();
    const worker = await makePerson(db, { name: '王海波' });
    const both = await Promise.all([
      enroll(classId, worker.personId),
      enroll(classId, worker.personId),
    ]);
    expect(both[0].enrollmentId).toBe(both[1].enrollmentId);
    expect(both.filter((one) => one.changed)).toHaveLength(1);
  });

  test('knows no unknown class and no disabled person', async () => {
    const worker = await makePerson(db, { name: '赵鹏' });
    await expect(enroll('no-such-class', worker.personId)).rejects.toBeInstanceOf(NotFound);
    await db
      .updateTable('person')
      .set({ disabled_at: STORY_BEGINS })
      .where('id', '=', worker.personId)
      .execute();
    await expect(enroll(await openClass(), worker.personId)).rejects.toBeInstanceOf(NotFound);
  });
});

describe('open intervals', () => {
  test('run from the enrollment to the end of the last day, without the time of a withdrawal', async () => {
    const worker = await makePerson(db, { name: '李秀兰' });
    const classId = await openClass();
    const at = (text: string) => Date.parse(text);
    const id = await makeEnrollment(db, {
      classId,
      personId: worker.personId,
      status: 'applied',
      fromAt: at('2026-10-20T00:00:00Z'),
    });
    const steps = [
      ['enrolled', '2026-10-25T00:00:00Z'],
      ['withdrawn', '2026-11-10T00:00:00Z'],
      ['enrolled', '2026-11-20T00:00:00Z'],
      ['completed', '2026-11-25T00:00:00Z'],
    ] as const;
    for (const [index, [status, fromAt]] of steps.entries()) {
      await db
        .insertInto('enrollment_status')
        .values({
          id: `${id}-${index}`,
          enrollment_id: id,
          status,
          from_at: at(fromAt),
          by_person_id: null,
        })
        .execute();
    }
    expect(await listOpenIntervals(db, id, ZONE)).toEqual([
      [at('2026-10-31T16:00:00Z'), at('2026-11-10T00:00:00Z')],
      [at('2026-11-20T00:00:00Z'), at('2026-11-30T16:00:00Z')],
    ]);
    await expect(listOpenIntervals(db, 'nobody', ZONE)).rejects.toBeInstanceOf(NotFound);
  });
});

describe('completion', () => {
  const [hour] = [45 * 60_000];
  const complete = (enrollmentId: string) =>
    db
      .transaction()
      .execute((trx) => completeEnrollment(trx, { enrollmentId, now: STORY_BEGINS + 5 }));

  test('needs the required hours, every video and every article, and comes once', async () => {
    const worker = await makePerson(db, { name: '马国强' });
    const classId = await openClass({ requiredTenths: 20 });
    const enrollmentId = await makeEnrollment(db, { classId, personId: worker.personId });
    const [video, article] = course.lessons;
    const study = (day: string, creditedMs: number, done: boolean) =>
      makeCredit(db, {
        enrollmentId,
        personId: worker.personId,
        lessonId: video!.id,
        day,
        creditedMs,
        complete: done,
      });
    expect(await complete(enrollmentId)).toEqual([]);
    await db
      .insertInto('article_reading')
      .values({ enrollment_id: enrollmentId, lesson_id: article!.id, read_at: STORY_BEGINS })
      .execute();
    await study('2026-11-03', 2 * hour - 3001, true);
    expect(await complete(enrollmentId)).toEqual([]);
    await study('2026-11-04', 1, false);
    expect(await complete(enrollmentId)).toEqual([]);
    await study('2026-11-05', 1, true);
    expect(await complete(enrollmentId)).toEqual([enrollmentId]);
    expect(await complete(enrollmentId)).toEqual([]);
    const statuses = await db
      .selectFrom('enrollment_status')
      .select('status')
      .where('enrollment_id', '=', enrollmentId)
      .orderBy('from_at')
      .execute();
    expect(statuses.map((s) => s.status)).toEqual(['enrolled', 'completed']);
  });
});

describe('sample rule sets', () => {
  test('are put into an empty platform once', async () => {
    const empty = await openTestDatabase();
    try {
      await ensureRuleSets(empty.db, 1);
      await ensureRuleSets(empty.db, 2);
      const versions = await empty.db
        .selectFrom('rule_set_version')
        .select(['id', 'published_at', 'daily_cap_ms'])
        .orderBy('id')
        .execute();
      expect(versions).toEqual([
        { id: 'sample-60-minutes-v1', published_at: 1, daily_cap_ms: 4 * 60 * 60_000 },
        { id: 'sample-7-a-day-v1', published_at: 1, daily_cap_ms: 7 * 45 * 60_000 },
        { id: 'sample-platform-default-v1', published_at: 1, daily_cap_ms: 8 * 45 * 60_000 },
        { id: 'sample-up-to-1.5x-v1', published_at: 1, daily_cap_ms: 8 * 45 * 60_000 },
        { id: 'sample-up-to-2x-v1', published_at: 1, daily_cap_ms: 8 * 45 * 60_000 },
      ]);
    } finally {
      await empty.close();
    }
  });
});
