import ExcelJS from 'exceljs';
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
import { requestArgs, signedInCookie, testContext } from '~/web/testing-request.server';
import { loader as exportLearners } from '../classes/learners-export';
import { loader as exportClasses } from '../classes/list-export';
import { loader } from './export';

const NOW = Date.parse('2026-11-22T02:00:00Z');
const MINUTE = 60_000;
const NAMES = ['孙立明', '=HYPERLINK("http://x")', '+8613', '-1', '@SUM(A1)', '\tTab'];
let client: DatabaseClient;
let context: AppLoadContext;
let cookie: string;
let worker: string;
let classId: string;

beforeAll(async () => {
  client = await openTestDatabase();
  const { db } = client;
  context = testContext(client, NOW);
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
  classId = await makeClass(db, {
    title: '秋季班',
    organizationId: college,
    createdBy: manager.personId,
    courses: [course],
  });
  for (const [index, name] of NAMES.entries()) {
    const { personId } = await makePerson(db, { name });
    const enrollmentId = await makeEnrollment(db, { classId, personId });
    for (const day of ['2026-10-31', '2026-11-03']) {
      await makeCredit(db, {
        enrollmentId,
        personId,
        lessonId: course.lessons[0]!.id,
        day,
        creditedMs: 10 * MINUTE + index + 1,
      });
    }
    worker = personId;
  }
  cookie = await signedInCookie(context, manager.personId);
  worker = await signedInCookie(context, worker);
});
afterAll(() => client.close());

async function readBack(response: Response): Promise<ExcelJS.Workbook> {
  expect(response.headers.get('content-type')).toContain('spreadsheetml');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  return workbook;
}

function cellsOf(workbook: ExcelJS.Workbook, sheet = 0): ExcelJS.CellValue[][] {
  const rows: ExcelJS.CellValue[][] = [];
  workbook.worksheets[sheet]?.eachRow((row) => {
    rows.push(Array.from(row.values as ExcelJS.CellValue[], (value) => value ?? '').slice(1));
  });
  return rows;
}

function expectNoFormula(workbook: ExcelJS.Workbook): void {
  for (const worksheet of workbook.worksheets) {
    worksheet.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
        expect(cell.text).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  }
}

const ask = (query: string, as = cookie, locale: 'zh' | 'en' = 'zh') =>
  loader(requestArgs(context, `/manage/class-hours/export?${query}`, { cookie: as, locale }));

describe('the exported class hours', () => {
  test('are exactly what is filtered, with a total that equals its rows', async () => {
    const workbook = await readBack(await ask('by=learner&from=2026-11-01&to=2026-11-30'));
    const [header, ...rows] = cellsOf(workbook);
    expect(header).toEqual(['编号', '学员', '学员', '精确时间', '毫秒', '计入学时']);
    const total = rows.pop()!;
    expect(rows).toHaveLength(NAMES.length);
    const sum = rows.reduce((ms, row) => ms + Number(row[4]), 0);
    expect(sum).toBe(NAMES.length * 10 * MINUTE + 21);
    expect(total).toEqual(['', '合计', 6, '1:00:00', sum, 1.3]);
    expect(rows.at(-1)).toEqual([expect.any(String), '孙立明', 1, '0:10:00', 600_001, 0.2]);
    const conditions = new Map(cellsOf(workbook, 1).map((row) => [row[0], row[1]]));
    expect(conditions.get('从')).toBe('2026-11-01');
    expect(conditions.get('班次')).toBe('全部');
  });

  test('speak English to those who read it', async () => {
    const workbook = await readBack(await ask('by=month', cookie, 'en'));
    const rows = cellsOf(workbook);
    expect(rows[0]).toEqual([
      'ID',
      'Month',
      'Learners',
      'Exact time',
      'Milliseconds',
      'Credited class hours',
    ]);
    expect(rows.slice(1).map((row) => row[1])).toEqual(['2026-10', '2026-11', 'Total']);
  });

  test('keep ids as text and carry no formula, whatever people are called', async () => {
    const workbook = await readBack(await ask('by=learner'));
    expectNoFormula(workbook);
    const names = cellsOf(workbook).map((row) => row[1]);
    expect(names).toContain('\'=HYPERLINK("http://x")');
    expect(names).toContain("'-1");
    const ids = cellsOf(workbook)
      .slice(1, -1)
      .map((row) => row[0]);
    expect(ids.map((id) => typeof id)).toEqual(NAMES.map(() => 'string'));
  });

  test('leave an audit row, and are not for learners', async () => {
    await ask(`by=class&classId=${classId}`);
    const audit = await client.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('action', '=', 'export-class-hours')
      .where('subject_id', '=', 'class')
      .execute();
    expect(audit.map((entry) => JSON.parse(entry.detail) as unknown)).toEqual([
      { classId, rows: 1 },
    ]);
    await expect(ask('by=class', worker)).rejects.toMatchObject({ status: 403 });
    await expect(ask('by=class&classId=nowhere')).rejects.toMatchObject({ status: 404 });
  });
});

describe('other exports', () => {
  test("are the class's learners and the list of classes", async () => {
    const learners = await readBack(
      await exportLearners(
        requestArgs(context, '/export?search=孙', { cookie, params: { classId } }),
      ),
    );
    expectNoFormula(learners);
    const [, learner, total] = cellsOf(learners);
    expect(learner?.slice(1, 9)).toEqual([
      '孙立明',
      '',
      '在读',
      0.4,
      2,
      '0:20:00',
      1_200_002,
      '0 / 1',
    ]);
    expect(total?.[7]).toBe(1_200_002);
    const classes = await readBack(
      await exportClasses(requestArgs(context, '/manage/classes/export', { cookie })),
    );
    expect(cellsOf(classes)[1]?.slice(0, 4)).toEqual([classId, '秋季班', '鸢都技师学院', '进行中']);
  });
});
