import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient, Db } from '~db/client.server';
import {
  makeClass,
  makeCourse,
  makeCredit,
  makeEnrollment,
  makeNextVersion,
  makeOrganization,
  makePerson,
  makeRuleSet,
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { Forbidden, NotFound } from '../shared/errors';
import { GROUPINGS, type ClassHourFilter, type Grouping } from './class-hour-filter';
import { getClassHourScope } from './class-hour-scope.server';
import { listClassHourTotals, reportClassHours } from './list-class-hour-totals.server';

const MINUTE = 60_000;
let client: DatabaseClient;
let db: Db;
beforeAll(async () => {
  client = await openTestDatabase();
  db = client.db;
});
afterAll(() => client.close());

/** Two organizations with a class each; the enterprise counts 60-minute hours and produced one lesson. */
async function city() {
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const enterprise = await makeOrganization(db, { name: '海岱动力集团', kind: 'enterprise' });
  const chen = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  const liu = await makePerson(db, {
    name: '刘主任',
    roles: [{ organizationId: enterprise, role: 'manager' }],
  });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId: college,
    authorId: chen.personId,
    lessons: [{ title: '曲轴' }, { title: '首件检验', producerOrganizationId: enterprise }],
  });
  const collegeClass = await makeClass(db, {
    title: '秋季 1 班',
    organizationId: college,
    createdBy: chen.personId,
    courses: [course],
  });
  const enterpriseClass = await makeClass(db, {
    title: '厂内班',
    organizationId: enterprise,
    createdBy: liu.personId,
    courses: [course],
    ruleSetVersionId: await makeRuleSet(db, { minutesPerClassHour: 60 }),
  });
  const sun = await makePerson(db, { name: '孙立明' });
  const li = await makePerson(db, { name: '李秀兰' });
  const [crank, inspection] = course.lessons.map((lesson) => lesson.id);
  const study = async (
    classId: string,
    personId: string,
    lessonId: string,
    days: [string, number][],
  ) => {
    const known = await db
      .selectFrom('enrollment')
      .select('id')
      .where('class_id', '=', classId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    const enrollmentId = known?.id ?? (await makeEnrollment(db, { classId, personId }));
    for (const [day, creditedMs] of days) {
      await makeCredit(db, { enrollmentId, personId, lessonId, day, creditedMs });
    }
  };
  await study(collegeClass, sun.personId, crank!, [
    ['2026-10-31', 20 * MINUTE],
    ['2026-11-01', 25 * MINUTE + 1],
  ]);
  await study(collegeClass, sun.personId, inspection!, [['2026-11-01', 10 * MINUTE]]);
  await study(collegeClass, li.personId, crank!, [['2026-11-02', 7 * MINUTE + 2]]);
  await study(enterpriseClass, sun.personId, inspection!, [['2026-11-02', 40 * MINUTE]]);
  const people = { chen, liu, sun, li };
  return { college, enterprise, course, collegeClass, enterpriseClass, ...people };
}

const organizationIds = (...ids: string[]) => ({ organizationIds: ids });

async function table(
  by: Grouping,
  scope: Parameters<typeof listClassHourTotals>[1],
  filter: ClassHourFilter = {},
) {
  const rows = await listClassHourTotals(db, scope, filter, by, {
    order: 'credited',
    descending: true,
  });
  return rows.map((row) => [row.name, row.learners, row.creditedMs, row.classHours]);
}

describe('class-hour totals', () => {
  test('are the same sum, whatever they are grouped by', async () => {
    const { college, enterprise } = await city();
    const scope = organizationIds(college, enterprise);
    const { total } = await reportClassHours(db, scope, {}, 'organization', { order: 'key' });
    expect(total).toEqual({
      rows: 2,
      learners: 2,
      creditedMs: 102 * MINUTE + 3,
      // 62 min 0.003 s / 45 + 40 min / 60 = 2.044
      classHours: 2,
    });
    for (const by of GROUPINGS) {
      const report = await reportClassHours(db, scope, {}, by, { order: 'key' });
      const { rows } = report;
      const sum = rows.reduce((ms, row) => ms + row.creditedMs, 0);
      expect([by, sum, rows.length]).toEqual([by, total.creditedMs, report.total.rows]);
    }
  });

  test('name each row, count people once and round each figure once', async () => {
    const { college, enterprise } = await city();
    const scope = organizationIds(college, enterprise);
    expect(await table('organization', scope)).toEqual([
      ['鸢都技师学院', 2, 62 * MINUTE + 3, 1.3],
      ['海岱动力集团', 1, 40 * MINUTE, 0.6],
    ]);
    expect(await table('learner', scope)).toEqual([
      ['孙立明', 1, 95 * MINUTE + 1, 1.8],
      ['李秀兰', 1, 7 * MINUTE + 2, 0.1],
    ]);
    expect(await table('producer', scope)).toEqual([
      ['鸢都技师学院', 2, 52 * MINUTE + 3, 1.1],
      ['海岱动力集团', 1, 50 * MINUTE, 0.8],
    ]);
    expect(await table('course', scope)).toEqual([['柴油机装调', 2, 102 * MINUTE + 3, 2]]);
    expect(await table('month', scope)).toEqual([
      ['2026-11', 2, 82 * MINUTE + 3, 1.6],
      ['2026-10', 1, 20 * MINUTE, 0.4],
    ]);
    expect(await table('day', scope)).toEqual([
      ['2026-11-02', 2, 47 * MINUTE + 2, 0.8],
      ['2026-11-01', 1, 35 * MINUTE + 1, 0.7],
      ['2026-10-31', 1, 20 * MINUTE, 0.4],
    ]);
  });

  test('keep to the filter, both days included', async () => {
    const { college, enterprise, collegeClass, sun } = await city();
    const scope = organizationIds(college, enterprise);
    const within = { from: '2026-11-01', to: '2026-11-01' };
    expect(await table('class', scope, within)).toEqual([['秋季 1 班', 1, 35 * MINUTE + 1, 0.7]]);
    expect(await table('class', scope, { organizationId: enterprise })).toEqual([
      ['厂内班', 1, 40 * MINUTE, 0.6],
    ]);
    const own = { classId: collegeClass, personId: sun.personId, producerId: enterprise };
    expect(await table('learner', scope, own)).toEqual([['孙立明', 1, 10 * MINUTE, 0.2]]);
  });

  test('keep hours of a lesson that a newer version left out, and of one it kept, once', async () => {
    const { college, course, collegeClass } = await city();
    const newer = await makeNextVersion(db, course, [course.lessons[1]!]);
    await db
      .updateTable('class_course')
      .set({ course_version_id: newer })
      .where('class_id', '=', collegeClass)
      .execute();
    expect(await table('producer', organizationIds(college))).toEqual([
      ['鸢都技师学院', 2, 52 * MINUTE + 3, 1.1],
      ['海岱动力集团', 1, 10 * MINUTE, 0.2],
    ]);
  });

  test('come in pages by key that meet without gap or overlap', async () => {
    const { college, enterprise } = await city();
    const scope = organizationIds(college, enterprise);
    const whole = await listClassHourTotals(db, scope, {}, 'day', { order: 'key' });
    const pages: typeof whole = [];
    for (let after: string | undefined; ;) {
      const page = await listClassHourTotals(db, scope, {}, 'day', {
        order: 'key',
        limit: 1,
        ...(after !== undefined && { after }),
      });
      if (page.length === 0) break;
      pages.push(...page);
      after = page.at(-1)!.key;
    }
    expect(pages).toEqual(whole);
    const second = await listClassHourTotals(db, scope, {}, 'day', {
      order: 'credited',
      limit: 2,
      offset: 1,
    });
    expect(second.map((row) => row.key)).toEqual(['2026-11-01', '2026-11-02']);
  });
});

describe('the reach of class-hour totals', () => {
  test("is the bureau's all, a manager's own, nobody else's", async () => {
    const { college, enterprise, collegeClass, chen, liu, sun } = await city();
    const bureau = await makePerson(db, { name: '王局长', administrator: true });
    expect(await getClassHourScope(db, bureau, { classId: collegeClass })).toBe('all');
    expect(await getClassHourScope(db, chen, { organizationId: college })).toEqual({
      organizationIds: [college],
    });
    expect(await table('class', await getClassHourScope(db, liu, {}))).toEqual([
      ['厂内班', 1, 40 * MINUTE, 0.6],
    ]);
    await expect(getClassHourScope(db, sun, {})).rejects.toBeInstanceOf(Forbidden);
    for (const filter of [{ organizationId: enterprise }, { organizationId: 'nowhere' }]) {
      await expect(getClassHourScope(db, chen, filter)).rejects.toBeInstanceOf(NotFound);
    }
    const foreign = getClassHourScope(db, liu, { classId: collegeClass });
    await expect(foreign).rejects.toBeInstanceOf(NotFound);
  });
});
