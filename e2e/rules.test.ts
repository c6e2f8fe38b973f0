import AxeBuilder from '@axe-core/playwright';
import ExcelJS from 'exceljs';
import { ask, signInByApi } from './actors';
import { advance, test, toNextMorning } from './driven-world';
import { expect, signIn, type World } from './world';

const MINUTE = 60_000;
const REASON = '按 2027 年新文件执行';

interface Me {
  enrollments: {
    id: string;
    classId: string;
    className: string;
    lessons: { id: string; kind: string; durationMs: number }[];
  }[];
}

/** Eight minutes of the longest video of worker01's class, watched once. */
async function studyEightMinutes(world: World) {
  const cookie = await signInByApi(world, 'worker01');
  const me = (await (await ask(world, '/api/me', { cookie })).json()) as Me;
  const enrollment = me.enrollments.find(({ className }) => className.includes('秋季 2 班'))!;
  const [lesson] = enrollment.lessons
    .filter(({ kind }) => kind === 'video')
    .sort((a, b) => b.durationMs - a.durationMs);
  const wanted = { enrollmentId: enrollment.id, lessonId: lesson!.id };
  const opened = await ask(world, '/api/watch-sessions', { cookie, json: wanted });
  const { id } = (await opened.json()) as { id: string };
  await advance(world, 8 * MINUTE);
  const beats = Array.from({ length: 8 }, (_, n) => ({
    seq: n + 1,
    wallFromMs: n * MINUTE,
    wallToMs: (n + 1) * MINUTE,
    mediaFromMs: n * MINUTE,
    mediaToMs: (n + 1) * MINUTE,
    visible: true,
  }));
  const answer = await ask(world, `/api/watch-sessions/${id}/beats`, { cookie, json: { beats } });
  expect(await answer.json()).toMatchObject({ creditedMs: 8 * MINUTE });
  return { ...wanted, classId: enrollment.classId };
}

test('the bureau publishes a version, a manager looks what it would change and switches, and a worker reads why', async ({
  page,
  browser,
  world,
}) => {
  await toNextMorning(world);
  const studied = await studyEightMinutes(world);

  await signIn(page, 'admin01');
  await page.goto('/manage/rule-sets');
  await page.getByRole('link', { name: /^平台默认/ }).click();
  await page.getByLabel('每天最多计几学时').fill('0.05');
  await page.getByRole('button', { name: '发布第 2 版' }).click();
  await expect(page.getByText('填学时数，最多一位小数')).toBeVisible();
  await page.getByLabel('每天最多计几学时').fill('0.1');
  await page.getByRole('button', { name: '发布第 2 版' }).click();
  await expect(page.getByText('第 2 版发布了')).toBeVisible();
  await expect(page.getByText('原来：8 学时')).toBeVisible();

  const desk = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const manager = await desk.newPage();
  await signIn(manager, 'manager02');
  await manager.goto(`/manage/classes/${studied.classId}/rules`);
  const options = await manager.getByLabel('换成').locator('option').allTextContents();
  const wanted = options.find((text) => /^平台默认.*第 2 版$/.test(text))!;
  await manager.getByLabel('换成').selectOption({ label: wanted });
  const firstDay = (await manager.getByLabel('从哪天起').getAttribute('min'))!;
  await manager.getByLabel('从哪天起').fill(firstDay);
  await manager.getByRole('button', { name: '试算' }).click();
  await expect(manager.getByRole('heading', { name: /^试算/ })).toBeVisible();
  const row = manager.getByRole('row', { name: /−0:03:30/ }).first();
  await expect(row).toBeVisible();
  const axe = await new AxeBuilder({ page: manager }).analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const download = manager.waitForEvent('download');
  await manager.getByRole('link', { name: /^导出这/ }).click();
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await (await download).path());
  const sums: unknown[] = [];
  book.worksheets[0]?.eachRow((line) => sums.push(line.getCell(9).value));
  const changes = sums.slice(1, -1) as number[];
  expect(changes[0]).toBe(-210_000);
  expect(changes.reduce((a, b) => a + b, 0)).toBe(sums.at(-1));

  await manager.getByLabel('理由').fill(REASON);
  await manager.getByRole('button', { name: /^换成/ }).click();
  await expect(manager.getByRole('heading', { name: /^已重算/ })).toBeVisible();
  await expect(manager.getByRole('row', { name: /−0:03:30/ }).first()).toBeVisible();
  await expect(manager.getByText(`理由：${REASON}`)).toBeVisible();
  await desk.close();

  const phone = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    viewport: { width: 360, height: 740 },
  });
  const learner = await phone.newPage();
  await signIn(learner, 'worker01');
  const { enrollmentId, lessonId } = studied;
  await learner.goto(`/learn/classes/${enrollmentId}/lessons/${lessonId}/class-hours`);
  const notes = learner.getByRole('region', { name: '换过规则，重算了' });
  await expect(notes.getByText('−3:30')).toBeVisible();
  await expect(notes.getByText(REASON)).toBeVisible();
  await expect(learner.getByText('改天再看能补上')).toBeVisible();
  await expect(learner.getByText('不用再看')).toBeHidden();
  await learner.getByText(/第 2 版计算/).click();
  await expect(learner.getByText('一天最多计 0.1 学时')).toBeVisible();
  const path = `/api/enrollments/${enrollmentId}/lessons/${lessonId}/class-hours`;
  const explained = (await (await learner.request.get(path)).json()) as { creditedMs: number };
  expect(explained.creditedMs).toBe(4.5 * MINUTE);
  await phone.close();

  await page.goto('/manage/audit?action=switch-rule-set');
  await expect(page.getByText(REASON)).toBeVisible();
});
