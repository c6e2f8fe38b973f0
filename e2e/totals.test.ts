import ExcelJS from 'exceljs';
import { expect, signIn, test } from './world';

interface Totals {
  rows: { key: string; name: string; creditedMs: number }[];
  total: { creditedMs: number };
}

test('the administrator’s totals and the exported sheet contain exactly what a worker earned', async ({
  page,
  browser,
  world,
}) => {
  const phone = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const learner = await phone.newPage();
  await learner.setViewportSize({ width: 360, height: 740 });
  await signIn(learner, 'worker05');
  await learner.goto('/learn');
  await learner
    .getByRole('link', { name: /继续学习|开始学习/ })
    .first()
    .click();
  await learner.getByRole('button', { name: /^(开始学习|从 .* 接着学)$/ }).click();
  await learner.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 4);
  await learner.evaluate(() => document.querySelector('video')?.pause());
  const earned = async () => {
    const me = (await (await learner.request.get('/api/me')).json()) as {
      id: string;
      enrollments: { classId: string; lessons: { creditedMs: number }[] }[];
    };
    const lessons = me.enrollments.flatMap((enrollment) => enrollment.lessons);
    return {
      id: me.id,
      classId: me.enrollments[0]?.classId ?? '',
      ms: lessons.reduce((sum, lesson) => sum + lesson.creditedMs, 0),
    };
  };
  await expect(async () => expect((await earned()).ms).toBeGreaterThan(3_500)).toPass();
  await learner.goto('/learn');

  await signIn(page, 'admin01');
  const { id, classId } = await earned();
  const query = `by=learner&classId=${classId}`;
  const read = async () => {
    const before = (await earned()).ms;
    const totals = (await (await page.request.get(`/api/class-hours?${query}`)).json()) as Totals;
    return { before, totals, after: (await earned()).ms };
  };
  // The page's last beat may still be under way when it is left: figures are held beside each other
  // once none came between.
  let figures = await read();
  while (figures.before !== figures.after) figures = await read();
  const { before: ms, totals } = figures;
  expect(totals.rows.find((row) => row.key === id)?.creditedMs).toBe(ms);
  expect(totals.rows.reduce((sum, row) => sum + row.creditedMs, 0)).toBe(totals.total.creditedMs);

  await page.goto(`/manage/class-hours?${query}`);
  const seconds = Math.floor(ms / 1000);
  const shown = `0:00:${String(seconds).padStart(2, '0')}`;
  await expect(page.getByRole('row', { name: new RegExp(shown) }).first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^导出这/ }).click();
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await (await download).path());
  const cells: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => cells.push(row.values as unknown[]));
  const exported = cells.find((row) => row.includes(id));
  expect(exported).toContain(ms);
  const sums = cells.filter((row) => row.includes(totals.total.creditedMs));
  expect(sums.length).toBeGreaterThan(0);
  await phone.close();
});
