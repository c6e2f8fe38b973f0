import ExcelJS from 'exceljs';
import type { Page } from '@playwright/test';
import { ask, signInByApi } from './actors';
import { advance, test, toNextMorning } from './driven-world';
import { expect, signIn, type World } from './world';

/** A phone that opened a lesson and sends what it recorded. */
async function openPhone(world: World, login: string) {
  const cookie = await signInByApi(world, login);
  const me = (await (await ask(world, '/api/me', { cookie })).json()) as {
    name: string;
    enrollments: {
      id: string;
      classId: string;
      lessons: { id: string; kind: string; durationMs: number; creditedMs: number }[];
    }[];
  };
  const [enrollment] = me.enrollments;
  const lesson = enrollment!.lessons.find((one) => one.kind === 'video' && one.creditedMs === 0)!;
  const wanted = { enrollmentId: enrollment!.id, lessonId: lesson.id };
  const opened = await ask(world, '/api/watch-sessions', { cookie, json: wanted });
  expect(opened.status).toBe(201);
  const { id } = (await opened.json()) as { id: string };
  return {
    name: me.name,
    classId: enrollment!.classId,
    durationMs: lesson.durationMs,
    async send(seq: number, fromMs: number, toMs: number) {
      const part = { wallFromMs: fromMs, wallToMs: toMs, mediaFromMs: fromMs, mediaToMs: toMs };
      const json = { beats: [{ seq, ...part, visible: true }] };
      const answer = await ask(world, `/api/watch-sessions/${id}/beats`, { cookie, json });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { creditedMs: number; refusals: unknown[] };
    },
  };
}

/** h:mm:ss.mmm, under a day. */
const showExact = (ms: number) => new Date(ms).toISOString().slice(12, 23);

/** A learner's line as the page shows it: these days, days before, both. */
async function readLine(page: Page, name: string): Promise<string[]> {
  const cells = page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell');
  return (await cells.allInnerTexts()).slice(0, 3).map((text) => text.trim());
}

async function settle(page: Page, day: string): Promise<void> {
  await page.getByLabel('结算到这一天（含）').fill(day);
  await page.getByRole('button', { name: '预览' }).click();
  await expect(
    page.getByRole('heading', { level: 3, name: new RegExp(`至 ${day}$`) }),
  ).toBeVisible();
  await page.getByRole('button', { name: /^结算这 \d+ 人$/ }).click();
  await expect(page).toHaveURL(/\/settlements\/\d+$/);
  // The address changes before what is shown.
  await expect(page.getByText(/^结算时间 /)).toBeVisible();
}

async function readExport(page: Page): Promise<unknown[][]> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^导出这 \d+ 行$/ }).click();
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await (await download).path());
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
}

test('what a phone sends after its day was settled stands as an adjustment in the next settlement', async ({
  page,
  world,
}) => {
  const studied = await toNextMorning(world);
  const phone = await openPhone(world, 'worker01');
  const half = Math.floor(phone.durationMs / 2);
  await advance(world, phone.durationMs);
  expect((await phone.send(1, 0, half)).creditedMs).toBe(half);

  const settledOn = await toNextMorning(world);
  await signIn(page, 'manager02');
  const settlements = `/manage/classes/${phone.classId}/settlements`;
  await page.goto(settlements);
  await settle(page, studied);
  const first = page.url();
  const settled = await readLine(page, phone.name);
  expect(settled[1]).toBe(showExact(0));

  // The rest of that day comes once there is a line again.
  const late = await phone.send(2, half, phone.durationMs);
  expect(late).toMatchObject({ creditedMs: phone.durationMs, refusals: [] });
  const cameOn = await toNextMorning(world);
  await page.goto(first);
  expect(await readLine(page, phone.name)).toEqual(settled);

  await page.goto(settlements);
  await settle(page, settledOn);
  await expect(page.getByText(new RegExp(`^结算时间 ${cameOn} 10:00$`))).toBeVisible();
  await expect(page.getByText(`${settledOn} 至 ${settledOn}`)).toBeVisible();
  const lateMs = phone.durationMs - half;
  const added = showExact(lateMs);
  expect(await readLine(page, phone.name)).toEqual([showExact(0), added, added]);
  const line = (await readExport(page)).find((row) => row[1] === phone.name);
  expect(line?.slice(2, 5)).toEqual([0, lateMs, lateMs]);
});
