import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { addToRollUps } from '../class-hours/add-to-roll-ups.server';
import { totalClassHours } from '../class-hours/figures';
import { reconcileRollUps } from '../class-hours/reconcile-roll-ups.server';
import { GROUPINGS, type Grouping } from './class-hour-filter';
import {
  countLedgerLearners,
  countLedgerRows,
  listLedgerTotals,
  sumLedger,
} from './ledger-totals.server';
import { listClassHourTotals, reportClassHours } from './list-class-hour-totals.server';
import { chooseCreditSource, chooseLearnerSource, type Question } from './roll-up-choice';
import { makeCity, type Place } from './testing-city';

const DAYS = ['2026-09-30', '2026-10-01', '2026-10-17', '2026-10-31', '2026-11-01', '2026-11-30'];

let client: DatabaseClient;
let places: Place[];
beforeAll(async () => {
  client = await openTestDatabase();
  places = await makeCity(client.db);
});
afterAll(() => client.close());

/** What the evidence makes of a lesson's day from now on: more than before, or less. */
interface Step {
  place: number;
  day: string;
  creditedMs: number;
  correctedMs: number;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  place: fc.nat(999),
  day: fc.constantFrom(...DAYS),
  creditedMs: fc.oneof(fc.constant(0), fc.nat(5_000_000)),
  correctedMs: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    fc.integer({ min: -900_000, max: 900_000 }),
  ),
});

/** What to ask, by the number of a place whose organization, class, ... it is. */
const anyQuestion = fc.record({
  by: fc.constantFrom(...GROUPINGS),
  days: fc.constantFrom(
    [],
    ['2026-10-01', '2026-10-31'],
    ['2026-10-01'],
    ['', '2026-10-31'],
    ['2026-10-17', '2026-11-01'],
  ),
  of: fc.nat(999),
  narrowed: fc.subarray(['organization', 'class', 'course', 'learner', 'producer'] as const, {
    maxLength: 2,
  }),
  narrowly: fc.boolean(),
  scope: fc.constantFrom('all' as const, 'own' as const, 'two' as const),
});

type Asked = typeof anyQuestion extends fc.Arbitrary<infer T> ? T : never;

function questionOf({
  by,
  days,
  of,
  narrowed,
  narrowly,
  scope,
}: Asked): Question & { by: Grouping } {
  const { keys } = places[of % places.length]!;
  const names = {
    organization: 'organizationId',
    class: 'classId',
    course: 'courseId',
    learner: 'personId',
    producer: 'producerId',
  } as const;
  const chosen = narrowly ? narrowed : [];
  const filter = Object.fromEntries(chosen.map((name) => [names[name], keys[name]]));
  const others = [...new Set(places.map((place) => place.keys.organization))].filter(
    (id) => id !== keys.organization,
  );
  const organizationIds = [keys.organization, ...others.slice(0, scope === 'two' ? 1 : 0)];
  return {
    by,
    filter: { ...filter, ...(days[0] && { from: days[0] }), ...(days[1] && { to: days[1] }) },
    scope: scope === 'all' ? 'all' : { organizationIds },
  };
}

/** The days as they are stored, by place and day. */
type Ledger = Map<string, { place: Place; day: string; creditedMs: number; correctedMs: number }>;

async function live(steps: readonly Step[]): Promise<Ledger> {
  const { db } = client;
  for (const table of [
    'lesson_day',
    'class_day',
    'organization_day',
    'producer_day',
    'learner_month',
    'learner_count',
  ] as const) {
    await db.deleteFrom(table).execute();
  }
  const ledger: Ledger = new Map();
  for (const step of steps) {
    const place = places[step.place % places.length]!;
    const { day, creditedMs, correctedMs } = step;
    const { enrollmentId, lessonId } = place;
    const key = `${enrollmentId} ${lessonId} ${day}`;
    const was = ledger.get(key);
    ledger.set(key, { place, day, creditedMs, correctedMs });
    const figures = { credited_ms: creditedMs, spent_ms: creditedMs, corrected_ms: correctedMs };
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('lesson_day')
        .values({ enrollment_id: enrollmentId, lesson_id: lessonId, day, ...figures })
        .onConflict((row) =>
          row.columns(['enrollment_id', 'lesson_id', 'day']).doUpdateSet(figures),
        )
        .execute();
      const change = creditedMs + correctedMs - (was ? was.creditedMs + was.correctedMs : 0);
      const spentMs = creditedMs - (was?.creditedMs ?? 0);
      await addToRollUps(trx, [{ enrollmentId, lessonId, day, creditedMs: change, spentMs }]);
    });
  }
  return ledger;
}

/** The same by plain addition. */
function addUp(ledger: Ledger, { by, filter, scope }: Question & { by: Grouping }) {
  const rows = [...ledger.values()]
    .map(({ place, day, creditedMs, correctedMs }) => ({
      keys: { ...place.keys, day, month: day.slice(0, 7) },
      unit: {
        minutesPerClassHour: place.minutesPerClassHour,
        creditedMs: creditedMs + correctedMs,
      },
    }))
    .filter(({ keys, unit }) => {
      const asked =
        (scope === 'all' || scope.organizationIds.includes(keys.organization)) &&
        (filter.organizationId ?? keys.organization) === keys.organization &&
        (filter.classId ?? keys.class) === keys.class &&
        (filter.courseId ?? keys.course) === keys.course &&
        (filter.personId ?? keys.learner) === keys.learner &&
        (filter.producerId ?? keys.producer) === keys.producer;
      return (
        unit.creditedMs !== 0 &&
        asked &&
        keys.day >= (filter.from ?? '') &&
        keys.day <= (filter.to ?? '9')
      );
    });
  const figuresOf = (some: typeof rows) => {
    const sums = new Map<number, number>();
    for (const { unit } of some) {
      const { minutesPerClassHour: minutes, creditedMs } = unit;
      sums.set(minutes, (sums.get(minutes) ?? 0) + creditedMs);
    }
    const units = [...sums].map(([minutesPerClassHour, creditedMs]) => ({
      minutesPerClassHour,
      creditedMs,
    }));
    return {
      learners: new Set(
        some.filter(({ unit }) => unit.creditedMs > 0).map(({ keys }) => keys.learner),
      ).size,
      creditedMs: units.reduce((sum, unit) => sum + unit.creditedMs, 0),
      classHours: totalClassHours(units.filter((unit) => unit.creditedMs !== 0)),
    };
  };
  const groups = [...new Set(rows.map(({ keys }) => keys[by]))].sort();
  const figures = groups
    .map((key) => ({ key, ...figuresOf(rows.filter(({ keys }) => keys[by] === key)) }))
    .filter(({ creditedMs }) => creditedMs !== 0);
  return { rows: figures, total: { ...figuresOf(rows), rows: figures.length } };
}

test('whatever is studied, corrected and taken back, every report equals the ledger to the millisecond', async () => {
  const answered = new Set<string>();
  const { db } = client;
  const property = async (steps: Step[], asked: Asked[]) => {
    const ledger = await live(steps);
    expect(await reconcileRollUps(db)).toEqual([]);
    for (const question of asked.map(questionOf)) {
      const { by, filter, scope } = question;
      answered.add(chooseCreditSource(question)).add(chooseLearnerSource(question));
      const right = addUp(ledger, question);
      const range = { order: 'key' as const };
      const { rows, total } = await reportClassHours(db, scope, filter, by, range);
      expect(rows.map(({ name: _, ...row }) => row)).toEqual(right.rows);
      expect(total).toEqual(right.total);
      expect(await listClassHourTotals(db, scope, filter, by, range)).toEqual(rows);
      const { creditedMs, learners } = right.total;
      const outOfLedger = {
        creditedMs: (await sumLedger(db, question))?.creditedMs ?? 0,
        learners: await countLedgerLearners(db, question),
        rows: await countLedgerRows(db, question),
      };
      expect(outOfLedger).toEqual({ creditedMs, learners, rows: rows.length });
      expect(await listLedgerTotals(db, question, range)).toMatchObject(
        right.rows.map(({ classHours: _, ...row }) => row),
      );
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 1, maxLength: 25 }),
      fc.array(anyQuestion, { minLength: 12, maxLength: 12 }),
      property,
    ),
    { numRuns: 25 },
  );
  expect([...answered].sort()).toEqual([
    'class_day',
    'learner_count',
    'learner_month',
    'lesson_day',
    'organization_day',
    'producer_day',
  ]);
}, 120_000);

test('a page of a report is in the order asked for, whatever it is read from', async () => {
  const steps = places.map((_, place) => {
    return {
      place,
      day: DAYS[place % DAYS.length]!,
      creditedMs: 1000 * (place % 5) + 1,
      correctedMs: 0,
    };
  });
  await live(steps);
  for (const by of ['class', 'day', 'producer'] as const) {
    const question = { by, filter: {}, scope: 'all' as const };
    for (const order of ['key', 'credited', 'learners'] as const) {
      for (const descending of [false, true]) {
        const range = { order, descending, limit: 2, offset: 1 };
        const rows = await listClassHourTotals(client.db, 'all', {}, by, range);
        const ledger = await listLedgerTotals(client.db, question, range);
        expect(rows.map(({ key }) => key)).toEqual(ledger.map(({ key }) => key));
        expect(rows).toHaveLength(2);
      }
    }
  }
});
