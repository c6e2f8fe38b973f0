import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient, Db } from '~db/client.server';
import {
  makeClass,
  makeCourse,
  makeEnrollment,
  makeOrganization,
  makePerson,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { Conflict, NotFound } from '../shared/errors';
import { finishArticle } from './finish-article.server';
import { getLearnerClass } from './get-learner-class.server';
import { getStudiedLesson } from './get-studied-lesson.server';

const zone = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-22T02:00:00Z');
let client: DatabaseClient;
let db: Db;
beforeAll(async () => {
  client = await openTestDatabase();
  db = client.db;
});
afterAll(() => client.close());

async function autumn(dates: { startsOn: string; endsOn: string }) {
  const college = await makeOrganization(db, { name: '鸢都技师学院', mark: '鸢' });
  const factory = await makeOrganization(db, { name: '海岱动力集团', kind: 'enterprise' });
  const author = await makePerson(db, { name: '周工' });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: author.personId,
    lessons: [
      { title: '曲轴', producerOrganizationId: factory },
      { title: '量具保养卡', kind: 'article' },
    ],
  });
  const classId = await makeClass(db, {
    title: '秋季班',
    organizationId: college,
    createdBy: author.personId,
    courses: [course],
    requiredTenths: 0,
    ...dates,
  });
  const worker = await makePerson(db, { name: '孙立明' });
  const enrollmentId = await makeEnrollment(db, { classId, personId: worker.personId });
  const [video, article] = course.lessons;
  return { enrollmentId, personId: worker.personId, video: video!.id, article: article!.id };
}

const running = { startsOn: '2026-11-01', endsOn: '2026-12-20' };

describe('a lesson of an own class', () => {
  test('names who made it and the rule set, and says that its video is still missing', async () => {
    const { enrollmentId, personId, video } = await autumn(running);
    const lesson = await getStudiedLesson(db, { personId, enrollmentId, lessonId: video });
    expect(lesson).toMatchObject({
      producer: { name: '海岱动力集团', kind: 'enterprise' },
      media: null,
      captions: [],
      coverage: [],
      spentMs: 0,
    });
    expect(lesson.ruleSetName.en).not.toBe('');
  });

  test('is not found through another learner’s enrollment, nor a lesson of another class', async () => {
    const mine = await autumn(running);
    const theirs = await autumn(running);
    const asStranger = { ...mine, personId: theirs.personId, lessonId: mine.video };
    await expect(getStudiedLesson(db, asStranger)).rejects.toBeInstanceOf(NotFound);
    const elsewhere = { ...mine, lessonId: theirs.video };
    await expect(getStudiedLesson(db, elsewhere)).rejects.toBeInstanceOf(NotFound);
  });
});

describe('an article read to its end', () => {
  test('is complete from the first time on, earns nothing, and another reading changes nothing', async () => {
    const { enrollmentId, personId, article } = await autumn(running);
    const read = (now: number) =>
      finishArticle(db, { personId, enrollmentId, lessonId: article, now, zone });
    await read(NOW);
    await read(NOW + 60_000);
    const found = await getLearnerClass(db, personId, enrollmentId, NOW, zone);
    const lesson = found.courses[0]?.chapters[0]?.lessons[1];
    expect(lesson).toMatchObject({ complete: true, creditedMs: 0, lastStudiedAt: NOW });
    expect(found.status).toBe('enrolled');
  });

  test('is not recorded before the class begins, of a video, or of somebody else', async () => {
    const early = await autumn({ startsOn: '2026-12-01', endsOn: '2026-12-20' });
    const finish = (given: typeof early, lessonId: string, personId = given.personId) =>
      finishArticle(db, { personId, enrollmentId: given.enrollmentId, lessonId, now: NOW, zone });
    await expect(finish(early, early.article)).rejects.toBeInstanceOf(Conflict);
    const open = await autumn(running);
    await expect(finish(open, open.video)).rejects.toBeInstanceOf(NotFound);
    await expect(finish(open, open.article, early.personId)).rejects.toBeInstanceOf(NotFound);
  });
});
