import ExcelJS from 'exceljs';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeCredit, makePerson, STORY_BEGINS } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { formatExactMs } from '~/domain/class-hours/figures';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { previewSettlement } from '~/domain/settlements/preview-settlement.server';
import { settleClass } from '~/domain/settlements/settle-class.server';
import { requestArgs, signedInCookie, testContext } from '~/web/testing-request.server';
import { loader } from './settlement-export';

const TODAY = '2026-11-20';
const MINUTE = 60_000;

let client: DatabaseClient;
let context: AppLoadContext;
let world: StudyWorld;
beforeAll(async () => {
  client = await openTestDatabase();
  context = testContext(client, STORY_BEGINS);
  world = await makeStudyWorld(client.db, STORY_BEGINS, { learners: 3 });
  const { db } = client;
  await db
    .updateTable('person')
    .set({ name: '=1+1' })
    .where('id', '=', world.learners[2]!.viewer.personId)
    .execute();
  await credit(0, '2026-11-03', 50 * MINUTE + 1);
  await credit(1, '2026-11-04', 20 * MINUTE + 2);
  await settle('2026-11-10');
  // Late for a settled day, taken back from one, and studied since.
  await credit(1, '2026-11-05', 7 * MINUTE + 3);
  await db
    .updateTable('lesson_day')
    .set({ corrected_ms: -14 * MINUTE - 5 })
    .where('enrollment_id', '=', world.learners[0]!.enrollmentId)
    .execute();
  await credit(2, '2026-11-12', 45 * MINUTE);
  await settle('2026-11-15');
});
afterAll(() => client.close());

function credit(learner: number, day: string, creditedMs: number): Promise<void> {
  const { viewer, enrollmentId } = world.learners[learner]!;
  const lessonId = world.course.lessons[0]!.id;
  const of = { enrollmentId, personId: viewer.personId, lessonId };
  return makeCredit(client.db, { ...of, day, creditedMs });
}

async function settle(toDay: string): Promise<void> {
  const { manager, classId } = world;
  const trainingClass = await getManagedClass(client.db, manager, classId);
  const asked = { toDay, today: TODAY };
  const { number, totalMs } = await previewSettlement(client.db, trainingClass, asked);
  const form = { toDay, number, totalMs, note: '' };
  await settleClass(client.db, manager, { classId, form, today: TODAY, now: STORY_BEGINS });
}

async function ask(number: number | string, personId = world.manager.personId): Promise<Response> {
  const { classId } = world;
  const cookie = await signedInCookie(context, personId);
  const params = { classId, number: String(number) };
  const path = `/manage/classes/${classId}/settlements/${number}/export`;
  return loader(requestArgs(context, path, { cookie, params, locale: 'zh' }));
}

async function readBack(number: number) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await (await ask(number)).arrayBuffer());
  const rows: ExcelJS.CellValue[][] = [];
  book.worksheets[0]!.eachRow((row) => {
    row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula));
    rows.push(Array.from(row.values as ExcelJS.CellValue[], (value) => value ?? '').slice(1));
  });
  const [header, ...figures] = rows;
  return { header, total: figures.pop()!, figures };
}

/** What the tables hold of a settlement, by learner. */
async function readStored(number: number) {
  const rows = await client.db
    .selectFrom('settlement_line')
    .innerJoin('settlement', 'settlement.id', 'settlement_line.settlement_id')
    .innerJoin('enrollment', 'enrollment.id', 'settlement_line.enrollment_id')
    .where('settlement.class_id', '=', world.classId)
    .where('settlement.number', '=', number)
    .select(['person_id', 'credited_ms', 'adjustment_ms'])
    .execute();
  return new Map(rows.map((row) => [row.person_id, [row.credited_ms, row.adjustment_ms] as const]));
}

const exact = (ms: number) => `${ms < 0 ? '−' : ''}${formatExactMs(Math.abs(ms))}`;

test('each figure of an exported settlement is the one that is stored, and the total is their sum', async () => {
  for (const number of [1, 2]) {
    const { header, figures, total } = await readBack(number);
    expect(header).toEqual([
      '学员编号',
      '学员',
      '本期 (毫秒)',
      '前期调整 (毫秒)',
      '合计 (毫秒)',
      '精确时长',
      '学时',
    ]);
    const stored = await readStored(number);
    expect(figures.map((row) => row[0]).sort()).toEqual([...stored.keys()].sort());
    const sums = [0, 0];
    for (const [personId, , ...cells] of figures) {
      const [creditedMs, adjustmentMs] = stored.get(personId as string)!;
      sums[0]! += creditedMs;
      sums[1]! += adjustmentMs;
      const together = creditedMs + adjustmentMs;
      expect(cells.slice(0, 4)).toEqual([creditedMs, adjustmentMs, together, exact(together)]);
    }
    const all = sums[0]! + sums[1]!;
    expect(total.slice(2, 6)).toEqual([...sums, all, exact(all)]);
  }
});

test('what came late and what was taken back stand in the next settlement, hours with their sign', async () => {
  const { figures, total } = await readBack(2);
  const cellsOf = (learner: number) =>
    figures.find((row) => row[0] === world.learners[learner]!.viewer.personId)?.slice(1);
  expect(cellsOf(0)).toEqual(['学员1', 0, -840_005, -840_005, '−0:14:00.005', -0.3]);
  expect(cellsOf(1)).toEqual(['学员2', 0, 420_003, 420_003, '0:07:00.003', 0.1]);
  expect(cellsOf(2)).toEqual(["'=1+1", 2_700_000, 0, 2_700_000, '0:45:00.000', 1]);
  expect(total).toEqual(['', '合计 3 人', 2_700_000, -420_002, 2_279_998, '0:37:59.998', 0.8]);
  const first = await readBack(1);
  expect(first.total.slice(2, 5)).toEqual([4_200_003, 0, 4_200_003]);
});

test('exporting leaves an audit row; learners may not, for strangers there is nothing', async () => {
  await ask(2);
  const { detail } = await client.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('action', '=', 'export-settlement')
    .where('subject_id', '=', world.classId)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(detail)).toEqual({ number: 2, rows: 3 });
  const learner = world.learners[0]!.viewer.personId;
  await expect(ask(1, learner)).rejects.toMatchObject({ status: 403 });
  const stranger = await makePerson(client.db, { name: '路人' });
  await expect(ask(1, stranger.personId)).rejects.toMatchObject({ status: 404 });
  for (const number of [3, 'x']) await expect(ask(number)).rejects.toMatchObject({ status: 404 });
});
