import type { Page } from '@playwright/test';
import { expect, signIn, startWorld, test as base, type World } from './world';

// A world of its own: its server is killed.
const test = base.extend<object, { world: World }>({
  world: [
    async ({}, provide) => {
      const world = await startWorld();
      await provide(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});
test.use({ viewport: { width: 360, height: 740 } });

interface Standing {
  path: string;
  creditedMs: number;
}

/** The first video lesson of the signed-in learner, as the JSON contract tells it. */
async function firstVideo(page: Page): Promise<Standing> {
  const me = (await (await page.request.get('/api/me')).json()) as {
    enrollments: { id: string; lessons: { id: string; kind: string; creditedMs: number }[] }[];
  };
  const enrollment = me.enrollments[0]!;
  const lesson = enrollment.lessons.find(({ kind }) => kind === 'video')!;
  const path = `/learn/classes/${enrollment.id}/lessons/${lesson.id}`;
  return { path, creditedMs: lesson.creditedMs };
}

const positionOf = (page: Page) =>
  page.evaluate(() => Math.round((document.querySelector('video')?.currentTime ?? 0) * 1000));

async function watchFor(page: Page, ms: number): Promise<void> {
  const until = ((await positionOf(page)) + ms) / 1000;
  await page.waitForFunction(
    (at) => (document.querySelector('video')?.currentTime ?? 0) >= at,
    until,
    { timeout: 60_000 },
  );
}

/** Opens the lesson and plays; answers the standing before and where it began. */
async function beginStudy(page: Page): Promise<Standing & { fromMs: number }> {
  const standing = await firstVideo(page);
  await page.goto(standing.path);
  await page.getByRole('button', { name: /^(开始学习|从 .* 接着学)$/ }).click();
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video && !video.paused && video.getVideoPlaybackQuality().totalVideoFrames > 3;
  });
  return { ...standing, fromMs: await positionOf(page) };
}

const pause = (page: Page) => page.evaluate(() => document.querySelector('video')?.pause());

async function expectCredit(page: Page, ms: number, withinMs = 1_200): Promise<void> {
  await expect(async () => {
    const { creditedMs } = await firstVideo(page);
    expect(Math.abs(creditedMs - ms)).toBeLessThanOrEqual(withinMs);
  }).toPass({ timeout: 30_000 });
}

/** The player shows one line, and it begins with these words. */
async function expectLine(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toHaveCount(1);
}

test('a worker goes through a dead zone, closes the page in it and comes back: nothing is lost', async ({
  page,
  context,
}) => {
  await signIn(page, 'worker06');
  const { path, creditedMs, fromMs } = await beginStudy(page);
  await watchFor(page, 2_000);
  await context.setOffline(true);
  await watchFor(page, 4_000);
  await pause(page);
  await expectLine(page, /待上传/);
  const stoppedAt = await positionOf(page);
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto('/learn');
  await expectCredit(again, creditedMs + stoppedAt - fromMs);
  await again.goto(path);
  await expect(again.getByRole('button', { name: /^从 .* 接着学$/ })).toBeVisible();
});

test('the server is killed under a worker and comes back: the player goes on and nothing is lost', async ({
  page,
  world,
}) => {
  await signIn(page, 'worker07');
  const { creditedMs, fromMs } = await beginStudy(page);
  await watchFor(page, 2_000);
  await world.killAndRestart();
  await watchFor(page, 2_000);
  await pause(page);
  const stoppedAt = await positionOf(page);
  await expectCredit(page, creditedMs + stoppedAt - fromMs);
  await expectLine(page, '已暂停');
});

test('a worker whose sign-in has ended signs in again, and what waited is counted', async ({
  page,
  context,
}) => {
  await signIn(page, 'worker08');
  const { creditedMs, fromMs } = await beginStudy(page);
  await watchFor(page, 2_000);
  await context.clearCookies();
  await watchFor(page, 1_000);
  await pause(page);
  const stoppedAt = await positionOf(page);
  await expectLine(page, '要重新登录');
  await page.getByRole('link', { name: '登录' }).click();
  await page.waitForURL(/\/sign-in/);
  await signIn(page, 'worker08');
  await page.goto('/learn');
  await expectCredit(page, creditedMs + stoppedAt - fromMs);
});

test('a colleague who signs in on the same device sends nothing of it; the owner’s waits for the owner', async ({
  page,
  context,
}) => {
  await signIn(page, 'worker09');
  const { creditedMs, fromMs } = await beginStudy(page);
  await context.clearCookies();
  await watchFor(page, 3_000);
  await pause(page);
  const stoppedAt = await positionOf(page);
  await expectLine(page, '要重新登录');
  await signIn(page, 'worker10');
  const before = await firstVideo(page);
  await page.goto('/learn');
  await page.waitForLoadState('networkidle');
  await expectCredit(page, before.creditedMs, 0);
  await context.clearCookies();
  await signIn(page, 'worker09');
  await page.goto('/learn');
  await expectCredit(page, creditedMs + stoppedAt - fromMs);
});

test('a second device takes over while the first has no line: what the first played until then counts', async ({
  page,
  context,
  browser,
  world,
}) => {
  await signIn(page, 'worker11');
  const { creditedMs, fromMs } = await beginStudy(page);
  await watchFor(page, 2_000);
  await context.setOffline(true);
  await watchFor(page, 3_000);
  const other = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const second = await other.newPage();
  await signIn(second, 'worker11');
  const takeOver = await beginStudy(second);
  const firstAt = await positionOf(page);
  await watchFor(page, 2_000);
  await pause(second);
  await context.setOffline(false);
  await expectLine(page, /没在计时.*另一处/);
  await page.waitForFunction(() => document.querySelector('video')?.paused === true);
  // Both watched the lesson's beginning: the second device adds what is new to it, and none is counted twice.
  const secondAt = await positionOf(second);
  await expect(async () => {
    const standing = await firstVideo(page);
    const played = firstAt - fromMs;
    expect(standing.creditedMs - creditedMs).toBeGreaterThan(played - 2_500);
    expect(standing.creditedMs - creditedMs).toBeLessThan(
      played + Math.max(0, secondAt - takeOver.fromMs) + 2_500,
    );
  }).toPass({ timeout: 30_000 });
  await other.close();
});

test('a page left and brought back from the browser’s memory opens a player anew and goes on counting', async ({
  page,
}) => {
  await signIn(page, 'worker13');
  const opened: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/watch-sessions'))
      opened.push(request.url());
  });
  const { creditedMs, fromMs } = await beginStudy(page);
  await watchFor(page, 2_000);
  await page.evaluate(() => {
    const left = new PageTransitionEvent('pagehide', { persisted: true });
    window.dispatchEvent(left);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect.poll(() => opened.length).toBe(2);
  await watchFor(page, 2_000);
  await pause(page);
  await expectCredit(page, creditedMs + (await positionOf(page)) - fromMs);
});
