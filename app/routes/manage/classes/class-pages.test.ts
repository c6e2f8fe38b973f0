import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppLoadContext } from '@remix-run/node';
import type { DatabaseClient } from '~db/client.server';
import {
  makeClass,
  makeCourse,
  makeCredit,
  makeEnrollment,
  makeOrganization,
  makePerson,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { listUnreadMessages } from '~/domain/classes/list-unread-messages.server';
import { requestArgs, signedInCookie, testContext } from '~/web/testing-request.server';
import { loader as record } from '../class-hours/enrollment';
import { loader as totals } from '../class-hours/class-hours';
import { action as decide } from './applications';
import { action as learnersAction, loader as learners } from './learners';
import { action as createAction } from './new-class';
import { action as saveSettings, loader as settings } from './settings';

const NOW = Date.parse('2026-11-22T02:00:00Z');
let client: DatabaseClient;
let context: AppLoadContext;
let classId: string;
let enrollmentId: string;
let workerId: string;
let studied: string;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  client = await openTestDatabase();
  const { db } = client;
  context = testContext(client, NOW);
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const elsewhere = await makeOrganization(db, { name: '海岱动力集团', kind: 'enterprise' });
  const manager = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  const foreign = await makePerson(db, {
    name: '刘主任',
    roles: [{ organizationId: elsewhere, role: 'manager' }],
  });
  const worker = await makePerson(db, {
    name: '孙立明',
    roles: [{ organizationId: college, role: 'learner' }],
  });
  workerId = worker.personId;
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: manager.personId,
    lessons: [{ title: '曲轴' }, { title: '安全须知', kind: 'article' }],
  });
  classId = await makeClass(db, {
    title: '秋季班',
    organizationId: college,
    createdBy: manager.personId,
    courses: [course],
  });
  enrollmentId = await makeEnrollment(db, { classId, personId: workerId });
  const other = await makePerson(db, { name: '李秀兰' });
  studied = await makeEnrollment(db, { classId, personId: other.personId });
  await makeCredit(db, {
    enrollmentId: studied,
    personId: other.personId,
    lessonId: course.lessons[0]!.id,
    day: '2026-11-20',
    creditedMs: 61_000,
  });
  cookies.manager = await signedInCookie(context, manager.personId);
  cookies.foreign = await signedInCookie(context, foreign.personId);
  cookies.worker = await signedInCookie(context, workerId);
});
afterAll(() => client.close());

const args = (who: string, params: Record<string, string>, form?: [string, string][]) =>
  requestArgs(context, '/', { cookie: cookies[who] ?? '', params, ...(form && { form }) });

describe('the pages of a class', () => {
  test('are for its managers: others of it get 403, strangers 404', async () => {
    for (const loader of [learners, settings]) {
      await expect(loader(args('worker', { classId }))).rejects.toMatchObject({ status: 403 });
      await expect(loader(args('foreign', { classId }))).rejects.toMatchObject({ status: 404 });
    }
    await expect(record(args('foreign', { enrollmentId }))).rejects.toMatchObject({ status: 404 });
    await expect(totals(args('worker', {}))).rejects.toMatchObject({ status: 403 });
  });

  test('send a message, and keep its text when nobody was chosen', async () => {
    const refused = await learnersAction(args('manager', { classId }, [['body', '还差一点']]));
    expect(refused).toMatchObject({
      data: { body: '还差一点', errors: { enrollmentIds: 'nobody-chosen' } },
      init: { status: 422 },
    });
    const form: [string, string][] = [
      ['body', '还差一点'],
      ['enrollmentIds', enrollmentId],
    ];
    expect(await learnersAction(args('manager', { classId }, form))).toMatchObject({
      data: { sent: 1 },
    });
    expect(await listUnreadMessages(client.db, workerId)).toMatchObject([{ body: '还差一点' }]);
  });

  test('withdraw a learner and bring them back', async () => {
    const post = (name: string) =>
      learnersAction(args('manager', { classId }, [[name, enrollmentId]]));
    expect(await post('withdraw')).toMatchObject({ data: { withdrew: '孙立明' } });
    const page = await learners(args('manager', { classId }));
    expect(page.inClass).toBe(1);
    expect(await post('restore')).toMatchObject({ data: { restored: '孙立明' } });
  });

  test('show again what was typed into a settings form that is wrong or came too late', async () => {
    const { stored, version } = await settings(args('manager', { classId }));
    const save = (change: Record<string, string>, at = version) => {
      const { courseIds, openToApplications: _closed, ...typed } = { ...stored, ...change };
      const fields: [string, string][] = [...Object.entries({ ...typed, version: String(at) })];
      for (const id of courseIds) fields.push(['courseIds', id]);
      return saveSettings(args('manager', { classId }, fields));
    };
    expect(await save({ capacity: 'many' })).toMatchObject({
      data: { errors: { capacity: 'capacity-range' }, typed: { capacity: 'many' } },
      init: { status: 422 },
    });
    expect(await save({ capacity: '30' })).toMatchObject({ data: { saved: true } });
    expect(await save({ capacity: '50' })).toMatchObject({
      data: { stale: true, typed: { capacity: '50' } },
      init: { status: 409 },
    });
  });

  test('refuse an empty form of a new class, field by field', async () => {
    expect(await createAction(args('manager', {}, [['title', '']]))).toMatchObject({
      data: { errors: { title: 'title-empty', courseIds: 'choose-course' } },
      init: { status: 422 },
    });
  });

  test('tell when an application is not of this class', async () => {
    const form: [string, string][] = [['approve', 'nobody']];
    await expect(decide(args('manager', { classId }, form))).rejects.toMatchObject({ status: 404 });
  });
});

describe('class-hour pages', () => {
  test('show the total over their rows, and the record behind a learner', async () => {
    const page = await totals(args('manager', {}));
    expect(page.data.total.creditedMs).toBe(61_000);
    expect(page.data.rows).toMatchObject([{ creditedMs: 61_000, name: '鸢都技师学院' }]);
    const shown = await record(args('manager', { enrollmentId: studied }));
    expect(shown.record.creditedMs).toBe(61_000);
    expect(shown.record.lessons).toMatchObject([
      { title: '曲轴', days: [{ day: '2026-11-20', creditedMs: 61_000 }] },
      { title: '安全须知', days: [] },
    ]);
  });
});
