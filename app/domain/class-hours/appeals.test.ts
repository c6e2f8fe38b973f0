import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeOrganization, makePerson } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import type { Viewer } from '../accounts/viewer.server';
import { listManagedClasses } from '../classes/list-managed-classes.server';
import { listUnreadMessages } from '../classes/list-unread-messages.server';
import {
  DAY,
  liveDays,
  MINUTE,
  MONDAY,
  ZONE,
  type LivedDays,
} from '../proof/testing-lived-days.server';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors';
import { correctClassHours } from './correct-class-hours.server';
import { decideAppeal, type Decision } from './decide-appeal.server';
import { explainClassHours } from './explain-class-hours.server';
import { countAppeals, listClassAppeals, listLessonAppeals } from './list-appeals.server';
import { makeAppeal } from './make-appeal.server';
import { reconcile } from './reconcile.server';

const TUESDAY = { zone: ZONE, now: MONDAY + DAY };

let client: DatabaseClient;
let lived: LivedDays;
beforeEach(async () => {
  client = await openTestDatabase({ clockDriven: true });
  lived = await liveDays(client);
});
afterEach(() => client.close());

const learner = (index = 0) => lived.world.learners[index]!;
const lessonId = (index = 0) => lived.world.course.lessons[index]!.id;

const appeal = (given: { by?: number; of?: number; lesson?: string; day?: string } = {}) =>
  makeAppeal(
    client.db,
    {
      personId: learner(given.by).viewer.personId,
      enrollmentId: learner(given.of).enrollmentId,
      lessonId: given.lesson ?? lessonId(),
      day: given.day ?? '2026-11-02',
      text: '那天停电，后面五分钟没记上。',
    },
    TUESDAY,
  );

const appeals = (index = 0) =>
  listLessonAppeals(client.db, { enrollmentId: learner(index).enrollmentId, lessonId: lessonId() });

const ACCEPTED: Decision = {
  ...{
    decision: 'accepted',
    day: '2026-11-02',
    ms: 2 * MINUTE,
    reason: '查了停电通知，补记两分钟',
  },
};

async function decide(decided: Decision, viewer: Viewer = lived.world.manager) {
  const { id } = (await appeals())[0]!;
  const input = { classId: lived.world.classId, appealId: id, decided };
  return decideAppeal(client.db, viewer, input, TUESDAY);
}

const explain = async () =>
  explainClassHours(
    client.db,
    lived.world.manager,
    { enrollmentId: learner().enrollmentId, lessonId: lessonId() },
    TUESDAY,
  );

const audited = async () =>
  (
    await client.db
      .selectFrom('audit_entry')
      .select(['action', 'actor_id'])
      .where('action', 'in', ['make-appeal', 'decide-appeal', 'correct-class-hours'])
      .orderBy('id')
      .execute()
  ).map(({ action, actor_id }) => [action, actor_id]);

/** Who has no part in the class's organization, who has no right in it, and who may decide. */
async function makeStrangers() {
  const elsewhere = await makeOrganization(client.db, { name: '虞河技工学校' });
  const { organizationId } = lived.world;
  return {
    manager: await makePerson(client.db, {
      name: '别校主任',
      roles: [{ organizationId: elsewhere, role: 'manager' }],
    }),
    instructor: await makePerson(client.db, {
      name: '本校老师',
      roles: [{ organizationId, role: 'instructor' }],
    }),
    bureau: await makePerson(client.db, { name: '市局', administrator: true }),
  };
}

describe('a learner', () => {
  test('appeals about lessons of their own enrollment, others are not there', async () => {
    await appeal();
    await expect(appeal({ by: 1 })).rejects.toThrow(NotFound);
    await expect(appeal({ lesson: 'nothing' })).rejects.toThrow(NotFound);
    const open = await countAppeals(client.db, lived.world.classId);
    expect(open).toEqual({ all: 1, open: 1 });
    expect(await audited()).toEqual([['make-appeal', learner().viewer.personId]]);
  });

  test('cannot appeal before they are in the class, nor about a day to come', async () => {
    await client.db
      .updateTable('enrollment')
      .set({ status: 'applied' })
      .where('id', '=', learner(1).enrollmentId)
      .execute();
    await expect(appeal({ by: 1, of: 1 })).rejects.toThrow(NotFound);
    await expect(appeal({ day: '2026-11-04' })).rejects.toThrow(Invalid);
    expect(await countAppeals(client.db, lived.world.classId)).toEqual({ all: 0, open: 0 });
  });

  test('has one open appeal for a lesson and day, and may appeal again once it is answered', async () => {
    await appeal();
    await expect(appeal()).rejects.toThrow(Conflict);
    await appeal({ day: '2026-11-03' });
    await appeal({ day: '' });
    await expect(appeal({ day: '' })).rejects.toMatchObject({ type: 'appeal-open' });
    await appeal({ by: 1, of: 1 });
    expect(await countAppeals(client.db, lived.world.classId)).toEqual({ all: 4, open: 4 });
    const { id } = (await appeals()).find(({ day }) => day === '2026-11-02')!;
    await decideAppeal(
      client.db,
      lived.world.manager,
      {
        classId: lived.world.classId,
        appealId: id,
        decided: { decision: 'declined', reason: '没有放' },
      },
      TUESDAY,
    );
    await appeal();
    expect(await countAppeals(client.db, lived.world.classId)).toEqual({ all: 5, open: 4 });
  });

  test('of two who press at once, one appeal is made', async () => {
    const made = await Promise.allSettled([appeal(), appeal(), appeal()]);
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await appeals()).toHaveLength(1);
  });
});

describe('an appeal', () => {
  beforeEach(async () => {
    await lived.study(0, MONDAY, 3);
    await appeal();
  });

  test("is decided by the class's managers and the bureau alone", async () => {
    const { manager, instructor, bureau } = await makeStrangers();
    await expect(decide(ACCEPTED, manager)).rejects.toThrow(NotFound);
    await expect(decide(ACCEPTED, learner(1).viewer)).rejects.toThrow(Forbidden);
    await expect(decide(ACCEPTED, learner().viewer)).rejects.toThrow(Forbidden);
    await expect(decide(ACCEPTED, instructor)).rejects.toThrow(Forbidden);
    expect((await appeals())[0]).toMatchObject({ decision: null, answer: null });
    expect((await explain()).creditedMs).toBe(3 * MINUTE);
    await decide(ACCEPTED, bureau);
    expect((await appeals())[0]).toMatchObject({ decision: 'accepted', decidedBy: '市局' });
  });

  test('of another class is not there', async () => {
    const { id } = (await appeals())[0]!;
    const other = await liveDays(client);
    const input = { classId: other.world.classId, appealId: id, decided: ACCEPTED };
    await expect(decideAppeal(client.db, other.world.manager, input, TUESDAY)).rejects.toThrow(
      NotFound,
    );
  });

  test('that is accepted corrects the day, tells the learner and is in the audit', async () => {
    await decide(ACCEPTED);
    const { manager } = lived.world;
    const explained = await explain();
    expect(explained).toMatchObject({ creditedMs: 5 * MINUTE, spentMs: 3 * MINUTE });
    expect(explained.plays.at(-1)).toEqual({
      ...{ wallFrom: TUESDAY.now, wallTo: TUESDAY.now, mediaFromMs: 0, mediaToMs: 0 },
      ...{ validMs: 0, creditedMs: 2 * MINUTE, refusals: [] },
      correction: {
        ...{ day: '2026-11-02', cause: 'decision', at: TUESDAY.now },
        ...{ reason: '查了停电通知，补记两分钟', by: manager.name },
      },
    });
    const [message] = await listUnreadMessages(client.db, learner().viewer.personId);
    expect(message).toMatchObject({
      body: '查了停电通知，补记两分钟',
      sentByName: manager.name,
      about: {
        ...{ decision: 'accepted', lessonTitle: '曲轴', ms: 2 * MINUTE, day: '2026-11-02' },
        enrollmentId: learner().enrollmentId,
      },
    });
    expect(await audited()).toEqual([
      ['make-appeal', learner().viewer.personId],
      ['decide-appeal', manager.personId],
      ['correct-class-hours', manager.personId],
    ]);
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('that is refused changes no hours, and its answer reaches the learner', async () => {
    await decide({ decision: 'declined', reason: '那五分钟没有播放' });
    expect((await explain()).creditedMs).toBe(3 * MINUTE);
    const [message] = await listUnreadMessages(client.db, learner().viewer.personId);
    expect(message).toMatchObject({
      body: '那五分钟没有播放',
      about: { decision: 'declined', ms: 0, day: null },
    });
    expect(await reconcile(client.db, ZONE)).toEqual([]);
  });

  test('is answered once, also by two who decide at the same moment', async () => {
    const both = await Promise.allSettled([decide(ACCEPTED), decide(ACCEPTED)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(decide({ decision: 'declined', reason: '改主意了' })).rejects.toMatchObject({
      type: 'already-decided',
    });
    expect((await explain()).creditedMs).toBe(5 * MINUTE);
    expect((await appeals())[0]).toMatchObject({ decision: 'accepted' });
  });

  test('stays open when the correction it would bring is out of bounds', async () => {
    await expect(decide({ ...ACCEPTED, ms: 8 * MINUTE })).rejects.toThrow(Invalid);
    expect((await appeals())[0]).toMatchObject({ decision: null, decidedAt: null });
    expect(await listUnreadMessages(client.db, learner().viewer.personId)).toEqual([]);
    expect(await audited()).toHaveLength(1);
  });

  test('that waits comes before those answered, the oldest first', async () => {
    await appeal({ by: 1, of: 1 });
    await appeal({ by: 2, of: 2 });
    await decide(ACCEPTED);
    const { classId } = lived.world;
    const page = (offset: number, limit: number) =>
      listClassAppeals(client.db, classId, { offset, limit });
    const all = await page(0, 10);
    expect(all.map(({ learnerName }) => learnerName)).toEqual(['学员2', '学员3', '学员1']);
    expect(await page(1, 1)).toEqual([all[1]]);
    const [listed] = await listManagedClasses(client.db, lived.world.manager, '2026-11-03');
    expect(listed).toMatchObject({ id: classId, appeals: 2 });
  });
});

test('a correction without an appeal is the manager’s alone, too, and the learner is told', async () => {
  await lived.study(0, MONDAY, 3);
  const { manager, instructor } = await makeStrangers();
  const { enrollmentId, viewer } = learner();
  const correct = (by: Viewer, given: { enrollment?: string; ms?: number; day?: string } = {}) =>
    correctClassHours(
      client.db,
      by,
      {
        ...{ enrollmentId: given.enrollment ?? enrollmentId, lessonId: lessonId() },
        ...{ day: given.day ?? '2026-11-02', ms: given.ms ?? -MINUTE, reason: '替人刷课' },
      },
      TUESDAY,
    );
  await expect(correct(manager)).rejects.toThrow(NotFound);
  await expect(correct(instructor)).rejects.toThrow(Forbidden);
  await expect(correct(viewer)).rejects.toThrow(Forbidden);
  await expect(correct(lived.world.manager, { enrollment: 'nothing' })).rejects.toThrow(NotFound);
  await expect(correct(lived.world.manager, { day: '2026-10-01' })).rejects.toThrow(Invalid);
  await expect(correct(lived.world.manager, { day: '2026-11-04' })).rejects.toThrow(Invalid);
  await expect(correct(lived.world.manager, { ms: -4 * MINUTE })).rejects.toThrow(Invalid);
  expect((await explain()).creditedMs).toBe(3 * MINUTE);
  await correct(lived.world.manager);
  expect((await explain()).creditedMs).toBe(2 * MINUTE);
  const [message] = await listUnreadMessages(client.db, viewer.personId);
  expect(message).toMatchObject({ body: '替人刷课', about: { decision: null, ms: -MINUTE } });
});
