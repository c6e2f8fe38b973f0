import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient, Db } from '~db/client.server';
import {
  makeClass,
  makeCourse,
  makeCredit,
  makeEnrollment,
  makeOrganization,
  makePerson,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import { getLearnerClass } from './get-learner-class.server';
import { listLearnerClasses } from './list-learner-classes.server';
import { listUnreadMessages } from './list-unread-messages.server';
import { markMessageRead } from './mark-message-read.server';
import { sendMessage } from './send-message.server';

const ZONE = 'Asia/Shanghai';
/** 2026-11-22 in Shanghai, while it is still the 21st in UTC. */
const NOW = Date.parse('2026-11-21T17:00:00Z');
const MINUTE = 60_000;
let client: DatabaseClient;
let db: Db;
beforeAll(async () => {
  client = await openTestDatabase();
  db = client.db;
});
afterAll(() => client.close());

async function autumn() {
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const manager = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: manager.personId,
    lessons: [{ title: '曲轴' }, { title: '主轴承' }, { title: '安全须知', kind: 'article' }],
  });
  const open = (title: string, startsOn: string, endsOn: string) =>
    makeClass(db, {
      title,
      organizationId: college,
      createdBy: manager.personId,
      courses: [course],
      startsOn,
      endsOn,
      requiredTenths: 25,
    });
  const worker = await makePerson(db, { name: '孙立明' });
  return { college, manager, course, open, worker };
}

describe("a learner's classes", () => {
  test('come with what is left, the one to study now first', async () => {
    const { open, worker, course } = await autumn();
    const over = await open('春季班', '2026-03-01', '2026-04-01');
    const later = await open('冬季班', '2026-12-01', '2026-12-31');
    const running = await open('秋季班', '2026-11-01', '2026-11-30');
    for (const classId of [over, later]) {
      await makeEnrollment(db, { classId, personId: worker.personId });
    }
    const enrollmentId = await makeEnrollment(db, { classId: running, personId: worker.personId });
    const credit = (index: number, day: string, creditedMs: number, complete = false) =>
      makeCredit(db, {
        enrollmentId,
        personId: worker.personId,
        lessonId: course.lessons[index]!.id,
        day,
        creditedMs,
        complete,
      });
    await credit(0, '2026-11-03', 45 * MINUTE, true);
    await credit(1, '2026-11-05', 9 * MINUTE);
    const list = await listLearnerClasses(db, worker.personId, NOW, ZONE);
    expect(list.map((one) => [one.title, one.state, one.daysLeft])).toEqual([
      ['秋季班', 'running', 9],
      ['冬季班', 'preparing', 40],
      ['春季班', 'ended', 0],
    ]);
    expect(list[0]).toMatchObject({
      enrollmentId,
      requiredClassHours: 2.5,
      creditedClassHours: 1.2,
      creditedMs: 54 * MINUTE,
      lessons: 3,
      lessonsComplete: 1,
    });
  });

  test('open as an outline that says where to go on', async () => {
    const { open, worker, course } = await autumn();
    const classId = await open('秋季班', '2026-11-01', '2026-11-30');
    const enrollmentId = await makeEnrollment(db, { classId, personId: worker.personId });
    const look = () => getLearnerClass(db, worker.personId, enrollmentId, NOW, ZONE);
    expect((await look()).continueLessonId).toBe(course.lessons[0]!.id);
    await makeCredit(db, {
      enrollmentId,
      personId: worker.personId,
      lessonId: course.lessons[1]!.id,
      day: '2026-11-03',
      creditedMs: 1000,
    });
    const outline = await look();
    expect(outline.continueLessonId).toBe(course.lessons[1]!.id);
    expect(outline.courses).toHaveLength(1);
    expect(outline.courses[0]!.chapters.map((c) => c.lessons.map((l) => l.title))).toEqual([
      ['曲轴', '主轴承', '安全须知'],
    ]);
    expect(outline.courses[0]!.chapters[0]!.lessons[1]).toMatchObject({
      creditedMs: 1000,
      lastMediaMs: 1000,
      complete: false,
    });
    await db
      .insertInto('article_reading')
      .values({ enrollment_id: enrollmentId, lesson_id: course.lessons[2]!.id, read_at: NOW })
      .execute();
    expect((await look()).continueLessonId).toBe(course.lessons[0]!.id);
  });

  test("are not found through somebody else's eyes", async () => {
    const { open, worker } = await autumn();
    const classId = await open('秋季班', '2026-11-01', '2026-11-30');
    const enrollmentId = await makeEnrollment(db, { classId, personId: worker.personId });
    const other = await makePerson(db, { name: '李秀兰' });
    const look = getLearnerClass(db, other.personId, enrollmentId, NOW, ZONE);
    await expect(look).rejects.toBeInstanceOf(NotFound);
  });
});

describe('a message to learners', () => {
  test('waits for those chosen until each has read it', async () => {
    const { open, worker, manager } = await autumn();
    const classId = await open('秋季班', '2026-11-01', '2026-11-30');
    const other = await makePerson(db, { name: '李秀兰' });
    const chosen = await makeEnrollment(db, { classId, personId: worker.personId });
    await makeEnrollment(db, { classId, personId: other.personId });
    const input = { classId, enrollmentIds: [chosen], body: ' 还差两学时 ', now: NOW };
    expect(await sendMessage(db, manager, input)).toBe(1);
    const [message] = await listUnreadMessages(db, worker.personId);
    expect(message).toMatchObject({
      body: '还差两学时',
      classTitle: '秋季班',
      sentByName: '陈主任',
      sentAt: NOW,
    });
    expect(await listUnreadMessages(db, other.personId)).toEqual([]);
    const read = (personId: string) =>
      markMessageRead(db, { personId, messageId: message!.id, now: NOW + 1 });
    await expect(read(other.personId)).rejects.toBeInstanceOf(NotFound);
    await read(worker.personId);
    expect(await listUnreadMessages(db, worker.personId)).toEqual([]);
  });

  test('goes out only from a manager, with a text, to people of the class', async () => {
    const { open, worker, manager } = await autumn();
    const classId = await open('秋季班', '2026-11-01', '2026-11-30');
    const elsewhere = await open('冬季班', '2026-12-01', '2026-12-30');
    const enrollmentIds = [await makeEnrollment(db, { classId, personId: worker.personId })];
    const send = (change: Partial<Parameters<typeof sendMessage>[2]>, as = manager) =>
      sendMessage(db, as, { classId, enrollmentIds, body: '加油', now: NOW, ...change });
    await expect(send({ body: '  ' })).rejects.toBeInstanceOf(Invalid);
    await expect(send({ body: '学'.repeat(501) })).rejects.toBeInstanceOf(Invalid);
    await expect(send({ enrollmentIds: [] })).rejects.toBeInstanceOf(Invalid);
    await expect(send({ classId: elsewhere })).rejects.toBeInstanceOf(Invalid);
    await expect(send({}, worker)).rejects.toBeInstanceOf(Forbidden);
    const stranger = await makePerson(db, { name: '王海波' });
    await expect(send({}, stranger)).rejects.toBeInstanceOf(NotFound);
    expect(await listUnreadMessages(db, worker.personId)).toEqual([]);
  });
});
