import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient, Db } from '~db/client.server';
import { makeClass, makeCourse, makeOrganization, makePerson } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { Conflict, NotFound } from '../shared/errors';
import { applyToClass } from './apply-to-class.server';
import { decideApplication } from './decide-application.server';
import { withdrawLearner } from './withdraw-learner.server';

const ZONE = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-22T02:00:00Z');
let client: DatabaseClient;
let db: Db;
beforeAll(async () => {
  client = await openTestDatabase();
  db = client.db;
});
afterAll(() => client.close());

async function openClass(
  given: { capacity?: number; openToApplications?: boolean; endsOn?: string } = {},
) {
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const manager = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: manager.personId,
    lessons: [{ title: '曲轴' }],
  });
  const classId = await makeClass(db, {
    title: '秋季班',
    organizationId: college,
    createdBy: manager.personId,
    courses: [course],
    openToApplications: true,
    ...given,
  });
  const worker = await makePerson(db, { name: '孙立明' });
  const apply = (personId = worker.personId, now = NOW) =>
    applyToClass(db, { classId, personId, now, zone: ZONE });
  const decide = (enrollmentId: string, approve: boolean, now = NOW) =>
    decideApplication(db, manager, { classId, enrollmentId, approve, now });
  return { manager, classId, worker, apply, decide };
}

async function story(enrollmentId: string) {
  const statuses = await db
    .selectFrom('enrollment_status')
    .select(['status', 'from_at'])
    .where('enrollment_id', '=', enrollmentId)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const audit = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('subject_id', '=', enrollmentId)
    .orderBy('id')
    .execute();
  return { statuses: statuses.map((s) => s.status), actions: audit.map((a) => a.action) };
}

describe('an application', () => {
  test('is approved, withdrawn and taken back in one enrollment, each step dated and audited', async () => {
    const { manager, classId, worker, apply, decide } = await openClass();
    const { enrollmentId } = await apply();
    expect(await apply()).toEqual({ enrollmentId, changed: false });
    await decide(enrollmentId, true, NOW + 1);
    await decide(enrollmentId, true, NOW + 2);
    await withdrawLearner(db, manager, { classId, enrollmentId, now: NOW + 3, zone: ZONE });
    expect(await apply(worker.personId, NOW + 4)).toEqual({ enrollmentId, changed: true });
    await decide(enrollmentId, false, NOW + 5);
    expect(await story(enrollmentId)).toEqual({
      statuses: ['applied', 'enrolled', 'withdrawn', 'applied', 'withdrawn'],
      actions: [
        'apply-to-class',
        'enroll-learner',
        'withdraw-learner',
        'apply-to-class',
        'reject-application',
      ],
    });
  });

  test('that was decided the other way meanwhile is a conflict', async () => {
    const { apply, decide } = await openClass();
    const { enrollmentId } = await apply();
    await decide(enrollmentId, false);
    await expect(decide(enrollmentId, true)).rejects.toBeInstanceOf(Conflict);
    expect((await story(enrollmentId)).statuses).toEqual(['applied', 'withdrawn']);
  });

  test('cannot be made to a class that is closed, over, full or unknown', async () => {
    const closed = await openClass({ openToApplications: false });
    await expect(closed.apply()).rejects.toBeInstanceOf(NotFound);
    const over = await openClass({ endsOn: '2026-11-21' });
    await expect(over.apply()).rejects.toMatchObject({ type: 'class-ended' });
    const small = await openClass({ capacity: 1 });
    const first = await small.apply();
    const second = await makePerson(db, { name: '李秀兰' });
    const waiting = await small.apply(second.personId);
    await small.decide(first.enrollmentId, true);
    await expect(small.decide(waiting.enrollmentId, true)).rejects.toMatchObject({
      type: 'class-full',
    });
    const third = await makePerson(db, { name: '王海波' });
    await expect(small.apply(third.personId)).rejects.toMatchObject({ type: 'class-full' });
    const nowhere = applyToClass(db, {
      classId: 'nowhere',
      personId: third.personId,
      now: NOW,
      zone: ZONE,
    });
    await expect(nowhere).rejects.toBeInstanceOf(NotFound);
  });

  test("is not decided by another organization's manager, nor through another class", async () => {
    const mine = await openClass();
    const theirs = await openClass();
    const { enrollmentId } = await mine.apply();
    const foreign = { classId: mine.classId, enrollmentId, approve: true, now: NOW };
    await expect(decideApplication(db, theirs.manager, foreign)).rejects.toBeInstanceOf(NotFound);
    await expect(theirs.decide(enrollmentId, true)).rejects.toBeInstanceOf(NotFound);
    expect((await story(enrollmentId)).statuses).toEqual(['applied']);
  });
});
