import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { ask, signInByApi } from './actors';
import { advance, test, toNextMorning } from './driven-world';
import { expect, signIn, type World } from './world';

const MINUTE = 60_000;
const WORDS = '十点零三分车间停电，后面两分钟没记上。';
const REASON = '核对了停电通知，补记两分钟。';

interface Me {
  enrollments: {
    id: string;
    className: string;
    lessons: { id: string; kind: string; durationMs: number; creditedMs: number }[];
  }[];
}

/** Three minutes of the longest video of worker03's class, at ten in the morning of the next day in Shanghai. */
async function studyThreeMinutes(world: World) {
  await toNextMorning(world);
  const cookie = await signInByApi(world, 'worker03');
  const me = (await (await ask(world, '/api/me', { cookie })).json()) as Me;
  const enrollment = me.enrollments.find(({ className }) => className.includes('秋季 2 班'))!;
  const [lesson] = enrollment.lessons
    .filter(({ kind, creditedMs }) => kind === 'video' && creditedMs === 0)
    .sort((a, b) => b.durationMs - a.durationMs);
  const wanted = { enrollmentId: enrollment.id, lessonId: lesson!.id };
  const opened = await ask(world, '/api/watch-sessions', { cookie, json: wanted });
  const { id } = (await opened.json()) as { id: string };
  await advance(world, 3 * MINUTE);
  const beat = { seq: 1, wallFromMs: 0, wallToMs: 3 * MINUTE, mediaFromMs: 0, visible: true };
  const beats = [{ ...beat, mediaToMs: 3 * MINUTE }];
  const answer = await ask(world, `/api/watch-sessions/${id}/beats`, { cookie, json: { beats } });
  expect(await answer.json()).toMatchObject({ creditedMs: 3 * MINUTE });
  return `/learn/classes/${wanted.enrollmentId}/lessons/${wanted.lessonId}/class-hours`;
}

async function openPhone(browser: Browser, world: World): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({
    baseURL: world.url,
    viewport: { width: 360, height: 740 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  return [context, await context.newPage()];
}

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);

test('a learner appeals on the phone, the manager checks and corrects, and the learner reads the answer', async ({
  page,
  browser,
  world,
}) => {
  const explained = await studyThreeMinutes(world);
  const [phone, learner] = await openPhone(browser, world);
  await signIn(learner, 'worker03');

  await test.step('the learner appeals; a form without a word is kept and not sent', async () => {
    await learner.goto(explained);
    await learner.getByText('觉得不对？').click();
    await learner.getByRole('button', { name: '提交申诉' }).click();
    await expect(learner.getByText('写一句再提交')).toBeVisible();
    await learner.getByLabel('什么情况').fill(WORDS);
    expect(await violations(learner)).toEqual([]);
    await learner.getByRole('button', { name: '提交申诉' }).click();
    const mine = learner.getByRole('region', { name: '你的申诉' });
    await expect(mine).toContainText(WORDS);
    await expect(mine).toContainText('等答复');
    const width = await learner.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(360);
  });

  await test.step('the manager finds it with its evidence, and accepts it', async () => {
    await signIn(page, 'manager02');
    await page.goto('/manage/classes');
    await page.getByRole('link', { name: '柴油机装调工（中级）秋季 2 班' }).click();
    await page.getByRole('link', { name: '申诉 1' }).click();
    await page.getByRole('link', { name: /的申诉：/ }).click();
    await expect(page.getByText(WORDS)).toBeVisible();
    const records = page.getByRole('region', { name: '学习记录' });
    await expect(records.getByRole('row')).toHaveCount(2);
    await expect(records).toContainText('0:03:00');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: '答复这条申诉' }).click();
    await expect(page.getByText('选一个答复')).toBeVisible();
    await page.getByLabel('同意，更正学时').check();
    await page.getByLabel('加多少时间').fill('99:00');
    await page.getByLabel('理由').fill(REASON);
    await page.getByRole('button', { name: '答复这条申诉' }).click();
    await expect(page.getByText('加上就超过视频全长了，写小一些')).toBeVisible();
    await expect(page.getByLabel('理由')).toHaveValue(REASON);
    await page.getByLabel('加多少时间').fill('2');
    await page.getByRole('button', { name: '答复这条申诉' }).click();
    await expect(page.getByText(/更正 \+0:02:00$/)).toBeVisible();
    await expect(page.getByRole('link', { name: '申诉', exact: true })).toBeVisible();
  });

  await test.step('the learner is told, and reads the answer and the new hours', async () => {
    await learner.goto('/learn');
    const told = learner.getByRole('article').filter({ hasText: REASON });
    await expect(told).toContainText('同意了');
    await expect(told).toContainText('+2:00');
    await told.getByRole('link', { name: '看这一节' }).click();
    await expect(learner.getByRole('region', { name: '你的申诉' })).toContainText(REASON);
    await expect(learner.getByRole('region', { name: '人工更正' })).toContainText('+2:00');
    await expect(learner.getByText('本节合计 5:00（含更正 +2:00）')).toBeVisible();
    expect(await violations(learner)).toEqual([]);
  });
  await phone.close();
});
