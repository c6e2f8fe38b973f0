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
} from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { makeCourseMedia } from '~db/testing-study';
import { correctClassHours } from '../class-hours/correct-class-hours.server';
import { Forbidden, NotFound } from '../shared/errors';
import { classFormSchema, type ClassForm } from './class-form';
import { createClass } from './create-class.server';
import { editClass } from './edit-class.server';
import { enrollPeople } from './enroll-people.server';
import { ensureRuleSets } from './ensure-rule-sets.server';
import { getManagedClass } from './get-managed-class.server';
import { arrangeLearners, type LearnerTable } from './learner-table';
import { listApplications } from './list-applications.server';
import { listClassCourses } from './list-class-courses.server';
import { listClassLearners } from './list-class-learners.server';
import { listEnrollablePeople } from './list-enrollable-people.server';
import { listManagedClasses } from './list-managed-classes.server';
import { getOpenClass, listOpenClasses } from './list-open-classes.server';
import { moveClassCourse } from './move-class-course.server';
import { previewCourseMove } from './preview-course-move.server';
import { DEFAULT_RULE_SET_VERSION_ID } from './sample-rule-sets';

const ZONE = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-22T02:00:00Z');
const MINUTE = 60_000;
let client: DatabaseClient;
let db: Db;
beforeAll(async () => {
  client = await openTestDatabase();
  db = client.db;
  await ensureRuleSets(db, NOW);
});
afterAll(() => client.close());

async function college() {
  const organizationId = await makeOrganization(db, { name: '鸢都技师学院' });
  const manager = await makePerson(db, {
    name: '陈主任',
    roles: [{ organizationId, role: 'manager' }],
  });
  const course = await makeCourse(db, {
    title: '柴油机装调',
    organizationId,
    authorId: manager.personId,
    lessons: [{ title: '曲轴' }, { title: '主轴承' }],
  });
  const form: ClassForm = {
    organizationId,
    title: '秋季班',
    startsOn: '2026-11-01',
    endsOn: '2026-11-30',
    capacity: 3,
    required: 20,
    ruleSetVersionId: DEFAULT_RULE_SET_VERSION_ID,
    openToApplications: true,
    courseIds: [course.courseId],
  };
  return { organizationId, manager, course, form };
}

describe('opening a class', () => {
  test('takes courses at their newest version and leaves an audit row', async () => {
    const { manager, course, form } = await college();
    const newest = await makeNextVersion(db, course, course.lessons);
    const id = await createClass(db, manager, form, NOW);
    expect(await listClassCourses(db, id)).toEqual([
      {
        courseId: course.courseId,
        courseVersionId: newest,
        title: '柴油机装调',
        number: 2,
        newer: null,
      },
    ]);
    const audit = await db
      .selectFrom('audit_entry')
      .select(['action', 'organization_id'])
      .where('subject_id', '=', id)
      .execute();
    expect(audit).toEqual([{ action: 'create-class', organization_id: form.organizationId }]);
  });

  test('is for managers of the organization, with courses it has a part in', async () => {
    const { organizationId, form } = await college();
    const teacher = await makePerson(db, {
      name: '王老师',
      roles: [{ organizationId, role: 'instructor' }],
    });
    const other = await college();
    await expect(createClass(db, teacher, form, NOW)).rejects.toBeInstanceOf(Forbidden);
    await expect(createClass(db, other.manager, form, NOW)).rejects.toBeInstanceOf(NotFound);
    const foreign = { ...other.form, courseIds: form.courseIds };
    await expect(createClass(db, other.manager, foreign, NOW)).rejects.toMatchObject({
      errors: [{ pointer: '/courseIds', message: 'choose-course' }],
    });
    const invent = { ...form, ruleSetVersionId: 'mine' };
    const bureau = await makePerson(db, { name: '王局长', administrator: true });
    await expect(createClass(db, bureau, invent, NOW)).rejects.toMatchObject({
      errors: [{ pointer: '/ruleSetVersionId', message: 'choose-rule-set' }],
    });
    await expect(createClass(db, bureau, foreign, NOW)).resolves.toBeTypeOf('string');
  });

  test.each([
    [{ title: '  ' }, 'title', 'title-empty'],
    [{ title: '长'.repeat(61) }, 'title', 'title-too-long'],
    [{ startsOn: '2026-02-30' }, 'startsOn', 'not-a-day'],
    [{ endsOn: '2026-10-31' }, 'endsOn', 'ends-first'],
    [{ capacity: '0' }, 'capacity', 'capacity-range'],
    [{ required: '2.55' }, 'required', 'required-range'],
    [{ courseIds: [] }, 'courseIds', 'choose-course'],
  ])('is refused for %j', (change, field, message) => {
    const typed = {
      organizationId: 'o',
      title: '秋季班',
      startsOn: '2026-11-01',
      endsOn: '2026-11-30',
      capacity: '40',
      required: '24.5',
      ruleSetVersionId: 'r',
      openToApplications: false,
      courseIds: ['c'],
    };
    expect(classFormSchema.parse(typed)).toMatchObject({ capacity: 40, required: 245 });
    const { error } = classFormSchema.safeParse({ ...typed, ...change });
    expect(error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([
      [field, message],
    ]);
  });
});

describe('editing a class', () => {
  test('that somebody saved meanwhile is refused, and theirs stays', async () => {
    const { manager, form } = await college();
    const classId = await createClass(db, manager, form, NOW);
    const save = (title: string, version: number) =>
      editClass(db, manager, { classId, version, form: { ...form, title }, now: NOW, zone: ZONE });
    const both = await Promise.allSettled([save('秋季 1 班', 1), save('秋季 2 班', 1)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(save('秋季 3 班', 1)).rejects.toMatchObject({ type: 'stale-class' });
    const now = await getManagedClass(db, manager, classId);
    expect(now.version).toBe(2);
    expect(['秋季 1 班', '秋季 2 班']).toContain(now.title);
  });

  test('keeps what was counted: places taken, rules, and days studied', async () => {
    const { organizationId, manager, course, form } = await college();
    const classId = await createClass(db, manager, form, NOW);
    for (const name of ['孙立明', '李秀兰']) {
      const worker = await makePerson(db, { name, roles: [{ organizationId, role: 'learner' }] });
      const enrollmentId = await makeEnrollment(db, { classId, personId: worker.personId });
      await makeCredit(db, {
        enrollmentId,
        personId: worker.personId,
        lessonId: course.lessons[0]!.id,
        day: '2026-11-10',
        creditedMs: MINUTE,
      });
    }
    const save = (change: Partial<ClassForm>) =>
      editClass(db, manager, {
        classId,
        version: 1,
        form: { ...form, ...change },
        now: NOW,
        zone: ZONE,
      });
    const cases: [Partial<ClassForm>, string, string][] = [
      [{ capacity: 1 }, '/capacity', 'below-taken'],
      [{ startsOn: '2026-11-11' }, '/startsOn', 'studied-outside'],
      [{ endsOn: '2026-11-09' }, '/endsOn', 'studied-outside'],
      [{ ruleSetVersionId: 'sample-up-to-2x-v1' }, '/ruleSetVersionId', 'rule-set-in-use'],
    ];
    for (const [change, pointer, message] of cases) {
      await expect(save(change)).rejects.toMatchObject({ errors: [{ pointer, message }] });
    }
    await save({ capacity: 2, required: 0 });
    expect((await getManagedClass(db, manager, classId)).requiredTenths).toBe(0);
  });

  test('keeps what was only decided, too: its rules, and the day', async () => {
    const { organizationId, manager, course, form } = await college();
    const classId = await createClass(db, manager, form, NOW);
    const roles = [{ organizationId, role: 'learner' as const }];
    const { personId } = await makePerson(db, { name: '孙立明', roles });
    const enrollmentId = await makeEnrollment(db, { classId, personId });
    await makeCourseMedia(db, course, {
      organizationId,
      uploadedBy: manager.personId,
      now: NOW,
    });
    const lessonId = course.lessons[0]!.id;
    const decided = { enrollmentId, lessonId, day: '2026-11-10', ms: MINUTE, reason: '现场补课' };
    await correctClassHours(db, manager, decided, { zone: ZONE, now: NOW });
    const save = (change: Partial<ClassForm>) => {
      const changed = { classId, version: 1, form: { ...form, ...change } };
      return editClass(db, manager, { ...changed, now: NOW, zone: ZONE });
    };
    const cases: [Partial<ClassForm>, string][] = [
      [{ startsOn: '2026-11-11' }, 'studied-outside'],
      [{ ruleSetVersionId: 'sample-up-to-2x-v1' }, 'rule-set-in-use'],
    ];
    for (const [change, message] of cases) {
      await expect(save(change)).rejects.toMatchObject({ errors: [{ message }] });
    }
  });

  test('moves a course to its newer version, and lessons keep what was studied in them', async () => {
    const { organizationId, manager, course, form } = await college();
    const classId = await createClass(db, manager, { ...form, required: 0 }, NOW);
    const worker = await makePerson(db, {
      name: '孙立明',
      roles: [{ organizationId, role: 'learner' }],
    });
    const enrollmentId = await makeEnrollment(db, { classId, personId: worker.personId });
    const [kept, dropped] = course.lessons;
    for (const [lesson, complete] of [
      [kept!, true],
      [dropped!, false],
    ] as const) {
      await makeCredit(db, {
        enrollmentId,
        personId: worker.personId,
        lessonId: lesson.id,
        day: '2026-11-10',
        creditedMs: 10 * MINUTE,
        complete,
      });
    }
    await makeNextVersion(db, course, [kept!]);
    const { courseId } = course;
    const move = (version: number) =>
      moveClassCourse(db, manager, { classId, courseId, version, now: NOW });
    const preview = () => previewCourseMove(db, manager, { classId, courseId });
    expect(await preview()).toMatchObject({
      ...{ version: 1, number: 1 },
      newer: {
        number: 2,
        move: {
          removed: [{ id: dropped!.id, learners: 1, creditedMs: 10 * MINUTE }],
          ...{ added: [], resized: [] },
          earned: { learners: 1, creditedMs: 20 * MINUTE },
        },
      },
    });
    await expect(previewCourseMove(db, worker, { classId, courseId })).rejects.toBeInstanceOf(
      Forbidden,
    );
    await expect(move(7)).rejects.toMatchObject({ type: 'stale-class' });
    await move(1);
    await expect(move(2)).rejects.toBeInstanceOf(NotFound);
    expect(await preview()).toMatchObject({ version: 2, number: 2, newer: undefined });
    const [learner] = await listClassLearners(db, classId);
    expect(learner).toMatchObject({
      status: 'completed',
      creditedMs: 20 * MINUTE,
      lessons: 1,
      lessonsComplete: 1,
    });
  });
});

describe("a class's learners", () => {
  test('are listed with their standing, those furthest behind first', async () => {
    const { organizationId, manager, course, form } = await college();
    const classId = await createClass(db, manager, { ...form, capacity: 10 }, NOW);
    const add = async (name: string, minutes: number, status = 'enrolled' as const) => {
      const worker = await makePerson(db, { name, roles: [{ organizationId, role: 'learner' }] });
      const { personId } = worker;
      const enrollmentId = await makeEnrollment(db, { classId, personId, status });
      if (minutes === 0) return;
      await makeCredit(db, {
        enrollmentId,
        personId,
        lessonId: course.lessons[0]!.id,
        day: '2026-11-10',
        creditedMs: minutes * MINUTE,
        complete: minutes >= 45,
      });
    };
    await add('孙立明', 45);
    await add('李秀兰', 0);
    await add('王海波', 9);
    const learners = await listClassLearners(db, classId);
    const table: LearnerTable = {
      filter: 'in-class',
      search: '',
      order: 'behind',
      descending: false,
    };
    const names = (change: Partial<LearnerTable>) =>
      arrangeLearners(learners, { ...table, ...change }).map((one) => one.name);
    expect(names({})).toEqual(['李秀兰', '王海波', '孙立明']);
    expect(names({ order: 'credited', descending: true })).toEqual(['孙立明', '王海波', '李秀兰']);
    expect(names({ search: '海' })).toEqual(['王海波']);
    expect(names({ filter: 'not-started' })).toEqual(['李秀兰']);
    expect(learners.find((one) => one.name === '孙立明')).toMatchObject({
      creditedClassHours: 1,
      requiredClassHours: 2,
      lessons: 2,
      lessonsComplete: 1,
      organization: { name: '鸢都技师学院' },
    });
  });

  test('are enrolled by a manager out of the own organizations, all or none', async () => {
    const { organizationId, manager, form } = await college();
    const classId = await createClass(db, manager, { ...form, capacity: 2 }, NOW);
    const learner = (name: string, where = organizationId) =>
      makePerson(db, { name, roles: [{ organizationId: where, role: 'learner' }] });
    const own = await Promise.all(['孙立明', '孙立强', '李秀兰'].map((name) => learner(name)));
    const foreign = await learner('孙外人', await makeOrganization(db, { name: '外单位' }));
    const found = await listEnrollablePeople(db, manager, classId, '孙');
    expect(found.map((one) => one.name)).toEqual(['孙立强', '孙立明'].sort());
    const enroll = (people: { personId: string }[]) =>
      enrollPeople(db, manager, { classId, personIds: people.map((p) => p.personId), now: NOW });
    await expect(enroll([foreign])).rejects.toMatchObject({
      errors: [{ pointer: '/personIds', message: 'not-in-reach' }],
    });
    await expect(enroll(own)).rejects.toMatchObject({ type: 'class-full' });
    expect(await listClassLearners(db, classId)).toEqual([]);
    expect(await enroll(own.slice(0, 2))).toBe(2);
    expect(await enroll(own.slice(0, 1))).toBe(0);
    expect(await listEnrollablePeople(db, manager, classId, '孙')).toEqual([]);
  });
});

describe('lists of classes', () => {
  test('show a manager their own, the running first, with how full they are', async () => {
    const { organizationId, manager, course, form } = await college();
    const open = (title: string, startsOn: string, endsOn: string) =>
      makeClass(db, {
        title,
        organizationId,
        createdBy: manager.personId,
        courses: [course],
        startsOn,
        endsOn,
      });
    await open('春季班', '2026-03-01', '2026-04-01');
    await open('冬季班', '2026-12-01', '2026-12-31');
    const running = await createClass(db, manager, form, NOW);
    for (const status of ['enrolled', 'completed', 'applied', 'withdrawn'] as const) {
      const { personId } = await makePerson(db, { name: status });
      await makeEnrollment(db, { classId: running, personId, status });
    }
    const rows = await listManagedClasses(db, manager, '2026-11-22');
    expect(rows.map((row) => [row.title, row.state])).toEqual([
      ['秋季班', 'running'],
      ['冬季班', 'preparing'],
      ['春季班', 'ended'],
    ]);
    expect(rows[0]).toMatchObject({ learners: 2, completed: 1, applications: 1 });
    expect((await listApplications(db, running)).map((one) => one.name)).toEqual(['applied']);
    const worker = await makePerson(db, { name: '孙立明' });
    await expect(listManagedClasses(db, worker, '2026-11-22')).rejects.toBeInstanceOf(Forbidden);
  });

  test('show anybody what is open to applications, and its members what has closed', async () => {
    const { manager, form, organizationId, course } = await college();
    const open = await createClass(db, manager, { ...form, capacity: 1 }, NOW);
    const closed = await makeClass(db, {
      title: '内部班',
      organizationId,
      createdBy: manager.personId,
      courses: [course],
    });
    const worker = await makePerson(db, { name: '孙立明' });
    await makeEnrollment(db, { classId: closed, personId: worker.personId });
    await makeEnrollment(db, { classId: open, personId: worker.personId });
    const mine = (list: { id: string }[]) => list.filter((c) => [open, closed].includes(c.id));
    const seen = mine(await listOpenClasses(db, null, '2026-11-22'));
    expect(seen).toMatchObject([
      { id: open, placesLeft: 0, ownStatus: null, courses: [{ title: '柴油机装调', lessons: 2 }] },
    ]);
    expect(mine(await listOpenClasses(db, worker.personId, '2026-11-22'))).toMatchObject([
      { id: open, ownStatus: 'enrolled' },
    ]);
    expect(mine(await listOpenClasses(db, null, '2026-12-01'))).toEqual([]);
    const look = (personId: string | null, id: string) =>
      getOpenClass(db, personId, '2026-11-22', id);
    expect((await look(worker.personId, closed)).ownStatus).toBe('enrolled');
    await expect(look(null, closed)).rejects.toBeInstanceOf(NotFound);
    await expect(look(manager.personId, closed)).rejects.toBeInstanceOf(NotFound);
  });
});
