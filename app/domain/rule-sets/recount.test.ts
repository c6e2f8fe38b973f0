import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeOrganization, makePerson, makeRuleSet } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { shanghaiDay } from '~db/testing-study';
import type { Viewer } from '../accounts/viewer.server';
import { reconcileRollUps } from '../class-hours/reconcile-roll-ups.server';
import { reconcileLearner } from '../class-hours/reconcile-learner.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { applyRecount } from './apply-recount.server';
import { askRecount } from './ask-recount.server';
import { findRecount, listRecountRows } from './get-recount.server';
import { listClassRules } from './list-class-rules.server';
import { resumeRecount } from './resume-recount.server';
import { runRecount } from './run-recount.server';
import {
  anySettings,
  anySitting,
  FIRST_MORNING,
  makeTwoClasses,
  MINUTE,
  study,
  ZONE,
  type Sitting,
  type TwoClasses,
} from './testing-switch';

const DAY_MS = 86_400_000;
/** A week after the first morning, when the manager decides. */
const LATER = FIRST_MORNING + 7 * DAY_MS;
const RUNS = process.env.TEST_ENGINE === 'postgres' ? 10 : 40;

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase({ clockDriven: true });
});
afterAll(() => client.close());

let moment = LATER;
/** No two things happen in the same millisecond. */
const tick = () => (moment += 1);

const run = (recountId: string, signal = new AbortController().signal) =>
  runRecount(client.db, recountId, { zone: ZONE, now: tick, signal });

async function askFor(world: TwoClasses, versionId: string, fromDay: string): Promise<string> {
  const { db } = client;
  const asked = { versionId, fromDay };
  const id = await askRecount(db, world.manager, { classId: world.classId, asked, now: tick() });
  await run(id);
  return id;
}

const apply = (world: TwoClasses, recountId: string, by: Viewer = world.manager) =>
  applyRecount(client.db, by, {
    classId: world.classId,
    decided: { recountId, reason: '按新文件执行' },
    now: tick(),
  });

async function readRecount(world: TwoClasses, recountId: string) {
  const trainingClass = await getManagedClass(client.db, world.manager, world.classId);
  const rows = await listRecountRows(client.db, recountId, trainingClass);
  return { recount: (await findRecount(client.db, trainingClass, recountId))!, rows };
}

/** The credit of every lesson and day of the world's learners, by learner's enrollment. */
async function readDays(world: TwoClasses) {
  const enrollments = [...world.learners.map((one) => one.enrollmentId), ...world.otherIds];
  return client.db
    .selectFrom('lesson_day')
    .selectAll()
    .where('enrollment_id', 'in', enrollments)
    .orderBy('enrollment_id')
    .orderBy('lesson_id')
    .orderBy('day')
    .execute();
}

type Days = Awaited<ReturnType<typeof readDays>>;

/** What is noted as a recount, by enrollment, lesson and day. */
async function notedFor(world: TwoClasses) {
  const enrollments = [...world.learners.map((one) => one.enrollmentId), ...world.otherIds];
  return client.db
    .selectFrom('correction')
    .select(['enrollment_id', 'lesson_id', 'day', 'ms'])
    .where('enrollment_id', 'in', enrollments)
    .where('cause', '=', 'recount')
    .orderBy('enrollment_id')
    .orderBy('lesson_id')
    .orderBy('day')
    .execute();
}

function differences(before: Days, after: Days) {
  const key = (row: Days[number]) => `${row.enrollment_id} ${row.lesson_id} ${row.day}`;
  const was = new Map(before.map((row) => [key(row), row.credited_ms]));
  return after.flatMap((row) => {
    const ms = row.credited_ms - (was.get(key(row)) ?? 0);
    const { enrollment_id, lesson_id, day } = row;
    return ms === 0 ? [] : [{ enrollment_id, lesson_id, day, ms }];
  });
}

async function creditOf(enrollmentId: string): Promise<number> {
  const rows = await client.db
    .selectFrom('lesson_total')
    .select('credited_ms')
    .where('enrollment_id', '=', enrollmentId)
    .execute();
  return rows.reduce((sum, row) => sum + row.credited_ms, 0);
}

async function reconciled(world: TwoClasses) {
  const found = await Promise.all(
    world.learners.map(({ viewer }) => reconcileLearner(client.db, viewer.personId, ZONE)),
  );
  return [...found.flat(), ...(await reconcileRollUps(client.db))];
}

const sitting = (more: Partial<Sitting> = {}): Sitting => ({
  day: 0,
  pauseMinutes: 0,
  elsewhere: false,
  lesson: 0,
  minutes: 8,
  fromMinute: 0,
  speed: 1,
  ...more,
});

test('the what-if tells what applying it makes of each learner, days before stay, and all adds up', async () => {
  const { db } = client;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anySitting, { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 3,
      }),
      anySettings,
      anySettings,
      fc.integer({ min: -1, max: 4 }),
      async (lives, rules, settings, day) => {
        const world = await makeTwoClasses(db, { learners: lives.length, rules });
        for (const [n, life] of lives.entries()) await study(db, world, n, life);
        const fromDay = shanghaiDay(FIRST_MORNING, day);
        const before = await readDays(world);
        const id = await askFor(world, await makeRuleSet(db, settings), fromDay);
        const foretold = await readRecount(world, id);
        expect(await readDays(world)).toEqual(before);
        for (const { enrollmentId, beforeMs } of foretold.rows) {
          expect(beforeMs).toBe(await creditOf(enrollmentId));
        }
        await apply(world, id);
        await run(id);
        const applied = await readRecount(world, id);
        expect(applied.rows).toEqual(foretold.rows);
        expect(applied.recount).toMatchObject({ state: 'applied', sums: foretold.recount.sums });
        for (const { enrollmentId, afterMs } of applied.rows) {
          expect(afterMs).toBe(await creditOf(enrollmentId));
        }
        const after = await readDays(world);
        const early = (rows: typeof after) => rows.filter((row) => row.day < fromDay);
        expect(early(after)).toEqual(early(before));
        expect(await reconciled(world)).toEqual([]);
        const noted = await notedFor(world);
        expect(noted).toEqual(differences(before, after));
        expect(noted.every((one) => one.day >= fromDay)).toBe(true);
      },
    ),
    { numRuns: RUNS },
  );
});

const usual = { maxSpeed: 1, dailyCapMs: 900 * MINUTE };

test('a stricter cap from the second day takes from that day on, largest change first, in both classes', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 3, rules: usual });
  await study(db, world, 0, [sitting(), sitting({ day: 1, lesson: 1 })]);
  await study(db, world, 1, [sitting({ day: 1, minutes: 5 })]);
  const id = await askFor(
    world,
    await makeRuleSet(db, { dailyCapMs: 4 * MINUTE }),
    shanghaiDay(FIRST_MORNING, 1),
  );
  const { recount, rows } = await readRecount(world, id);
  expect(rows.map((row) => [row.name, row.beforeMs / MINUTE, row.afterMs / MINUTE])).toEqual([
    ['学员1', 16, 12],
    ['学员2', 5, 4],
  ]);
  expect(recount).toMatchObject({ state: 'asked', counted: 2, learners: 2 });
  expect(recount.sums).toMatchObject({ rows: 2, less: 2, more: 0, afterMs: 16 * MINUTE });
});

test('interrupted at any learner, a recount goes on and does nobody twice', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 3, rules: usual });
  for (const n of [0, 1, 2]) await study(db, world, n, [sitting({ minutes: 4 + n })]);
  const versionId = await makeRuleSet(db, { dailyCapMs: 3 * MINUTE });
  const id = await askFor(world, versionId, shanghaiDay(FIRST_MORNING));
  await apply(world, id);
  const stopping = new AbortController();
  const stopAfterOne = {
    zone: ZONE,
    signal: stopping.signal,
    now: () => (stopping.abort(), tick()),
  };
  await expect(runRecount(db, id, stopAfterOne)).rejects.toThrow();
  expect((await readRecount(world, id)).recount).toMatchObject({ state: 'applying', counted: 1 });
  await run(id);
  await run(id);
  const { recount, rows } = await readRecount(world, id);
  expect(recount).toMatchObject({ state: 'applied', counted: 3 });
  expect(rows.map((row) => row.afterMs)).toEqual([3, 3, 3].map((n) => n * MINUTE));
  const noted = (await notedFor(world)).map((one) => one.ms / MINUTE);
  expect(noted.sort()).toEqual([-1, -2, -3]);
  expect(await reconciled(world)).toEqual([]);
});

test('a recount whose job was given up says so, and goes on where it stopped when a manager lets it', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 1, rules: usual });
  await study(db, world, 0, [sitting()]);
  const versionId = await makeRuleSet(db, { dailyCapMs: MINUTE });
  const id = await askFor(world, versionId, shanghaiDay(FIRST_MORNING));
  await apply(world, id);
  expect((await readRecount(world, id)).recount.state).toBe('applying');
  const jobs = () =>
    db
      .selectFrom('job')
      .select('id')
      .where('payload', '=', JSON.stringify({ recountId: id }))
      .where('failed_at', 'is', null)
      .execute();
  await db.updateTable('job').set({ failed_at: tick() }).execute();
  expect((await readRecount(world, id)).recount.state).toBe('stopped');
  const resume = () =>
    resumeRecount(db, world.manager, { classId: world.classId, recountId: id, now: tick() });
  await Promise.all([resume(), resume()]);
  await resume();
  expect((await readRecount(world, id)).recount.state).toBe('applying');
  expect((await jobs()).length).toBeGreaterThan(0);
  await run(id);
  expect((await readRecount(world, id)).recount.state).toBe('applied');
  const before = await jobs();
  await resume();
  expect(await jobs()).toEqual(before);
});

test('two workers with the same recount do each learner once', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 4, rules: usual });
  for (const n of [0, 1, 2, 3]) await study(db, world, n, [sitting()]);
  const versionId = await makeRuleSet(db, { dailyCapMs: 2 * MINUTE });
  const id = await askFor(world, versionId, shanghaiDay(FIRST_MORNING));
  await apply(world, id);
  await Promise.allSettled([run(id), run(id)]);
  await run(id);
  expect((await readRecount(world, id)).recount).toMatchObject({ state: 'applied', counted: 4 });
  expect(await reconciled(world)).toEqual([]);
});

test('whoever studies between the decision and their recount ends where everybody does', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 1, rules: { ...usual, maxSpeed: 2 } });
  await study(db, world, 0, [sitting({ speed: 2, minutes: 5 })]);
  const versionId = await makeRuleSet(db, { maxSpeed: 1 });
  const id = await askFor(world, versionId, shanghaiDay(FIRST_MORNING));
  await apply(world, id);
  await study(db, world, 0, [sitting({ day: 8, minutes: 4 })]);
  await run(id);
  expect((await readRecount(world, id)).rows).toMatchObject([
    { beforeMs: 9 * MINUTE, afterMs: 4 * MINUTE },
  ]);
  expect(await creditOf(world.learners[0]!.enrollmentId)).toBe(4 * MINUTE);
  expect(await reconciled(world)).toEqual([]);
});

test('a mistaken decision is put right by another one of the same day', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 1, rules: usual });
  await study(db, world, 0, [sitting()]);
  const day = shanghaiDay(FIRST_MORNING);
  const { ruleSetVersionId } = await getManagedClass(db, world.manager, world.classId);
  const wrong = await askFor(world, await makeRuleSet(db, { dailyCapMs: MINUTE }), day);
  await apply(world, wrong);
  await run(wrong);
  expect(await creditOf(world.learners[0]!.enrollmentId)).toBe(MINUTE);
  const right = await askFor(world, ruleSetVersionId, day);
  await apply(world, right);
  await run(right);
  expect(await creditOf(world.learners[0]!.enrollmentId)).toBe(8 * MINUTE);
  expect(await reconciled(world)).toEqual([]);
  const rules = await listClassRules(db, world.classId);
  expect(rules.map((one) => [one.fromDay, one.replaced, one.decision?.by])).toEqual([
    [null, false, undefined],
    [day, true, '周经理'],
    [day, false, '周经理'],
  ]);
});

test('what makes no sense is refused with its field, and changes nothing', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 1, rules: usual });
  const good = await makeRuleSet(db, { maxSpeed: 2 });
  const today = shanghaiDay(FIRST_MORNING);
  const own = (await getManagedClass(db, world.manager, world.classId)).ruleSetVersionId;
  const longer = await makeRuleSet(db, { minutesPerClassHour: 60 });
  const refusals: [string, string, { pointer: string; message: string }][] = [
    ['none', today, { pointer: '/versionId', message: 'choose-version' }],
    [longer, today, { pointer: '/versionId', message: 'other-unit' }],
    [own, today, { pointer: '/versionId', message: 'same-version' }],
    [good, shanghaiDay(FIRST_MORNING, -31), { pointer: '/fromDay', message: 'outside-class' }],
    [good, shanghaiDay(FIRST_MORNING, 31), { pointer: '/fromDay', message: 'outside-class' }],
  ];
  for (const [versionId, fromDay, error] of refusals) {
    await expect(askFor(world, versionId, fromDay)).rejects.toMatchObject({ errors: [error] });
  }
  const recounts = db.selectFrom('recount').select('id').where('class_id', '=', world.classId);
  expect(await recounts.execute()).toEqual([]);
});

test('a what-if is decided once, by its managers only, and not after the class switched otherwise', async () => {
  const { db } = client;
  const world = await makeTwoClasses(db, { learners: 1, rules: usual });
  const elsewhere = await makeOrganization(db, { name: '海岱动力集团' });
  const foreign = await makePerson(db, {
    name: '刘主任',
    roles: [{ organizationId: elsewhere, role: 'manager' }],
  });
  const bureau = await makePerson(db, { name: '高处长', administrator: true });
  const day = shanghaiDay(FIRST_MORNING);
  const fast = await makeRuleSet(db, { maxSpeed: 2 });
  const first = await askFor(world, fast, day);
  await expect(apply(world, first, foreign)).rejects.toMatchObject({ status: 404 });
  await expect(apply(world, first, world.learners[0]!.viewer)).rejects.toMatchObject({
    status: 403,
  });
  const asked = { versionId: fast, fromDay: day };
  const input = { classId: world.classId, asked, now: tick() };
  const notCounted = await askRecount(db, bureau, input);
  const stale = { type: 'stale-recount' };
  await expect(apply(world, notCounted, bureau)).rejects.toMatchObject(stale);
  await run(notCounted);
  await apply(world, first);
  await expect(apply(world, first)).rejects.toMatchObject(stale);
  await expect(apply(world, notCounted, bureau)).rejects.toMatchObject(stale);
  const audit = await db
    .selectFrom('audit_entry')
    .select('detail')
    .where('action', '=', 'switch-rule-set')
    .where('subject_id', '=', world.classId)
    .execute();
  expect(audit.map((row) => JSON.parse(row.detail) as unknown)).toMatchObject([
    { fromDay: day, to: { versionId: fast }, reason: '按新文件执行' },
  ]);
});
