import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestArgs, signedInCookie, testContext } from '~/web/testing-request.server';
import type { DatabaseClient } from '~db/client.server';
import { makeCourse, makeOrganization, makePerson, STORY_BEGINS } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { loader } from './export';

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

test('the exported attribution adds up, and a name that looks like a formula stays a name', async () => {
  const { db } = client;
  const context = testContext(client, STORY_BEGINS);
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const enterprise = await makeOrganization(db, { name: '=海岱(1)', kind: 'enterprise' });
  const manager = await makePerson(db, {
    name: '李海涛',
    roles: [{ organizationId: college, role: 'manager' }],
  });
  await makeCourse(db, {
    title: '车工',
    organizationId: college,
    authorId: manager.personId,
    lessons: [
      { title: '一', durationMs: 1_350_000 },
      { title: '二', durationMs: 900_001, producerOrganizationId: enterprise },
    ],
  });
  const cookie = await signedInCookie(context, manager.personId);
  const answer = await loader(
    requestArgs(context, '/manage/attribution/export?by=organization', { cookie, locale: 'zh' }),
  );
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const rows: ExcelJS.CellValue[][] = [];
  workbook.worksheets[0]?.eachRow((row) =>
    rows.push(Array.from(row.values as ExcelJS.CellValue[], (value) => value ?? '').slice(1)),
  );
  expect(rows[0]).toEqual([
    ...['编号', '单位', '制作单位', '节数', '计划时长'],
    ...['计划课时', '录制时长', '录制毫秒', '录制课时'],
  ]);
  expect(rows.slice(1)).toEqual([
    [college, '鸢都技师学院', '', 1, 0, 0, '0:22:30', 1_350_000, 0.5],
    [enterprise, "'=海岱(1)", '', 1, 0, 0, '0:15:00', 900_001, 900_001 / 2_700_000],
    ['', '合计', '', 2, 0, 0, '0:37:30', 2_250_001, 2_250_001 / 2_700_000],
  ]);
});
