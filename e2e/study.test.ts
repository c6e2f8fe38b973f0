import { chromium, type BrowserContext } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expectCredit, firstVideo, PHONE, play, positionOf, watchUntil } from './lesson-page';
import { expect, signIn, test } from './world';

/**
 * Kills the browser of this profile and all its children at once. Playwright sometimes waits for
 * ever for a killed browser to close: nothing here depends on its answer.
 */
async function killPhone(phone: BrowserContext, profile: string): Promise<void> {
  spawnSync('pkill', ['-9', '-f', profile]);
  await Promise.race([phone.close().catch(() => undefined), delay(5_000)]);
}

test('a worker’s page is closed in the middle, then the browser is killed: what was watched is credited', async ({
  world,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'jiangxue-phone-'));
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      ...(test.info().project.use.launchOptions ?? {}),
      baseURL: world.url,
      viewport: PHONE,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      timeout: 30_000,
    });
  let phone: BrowserContext = await launch();
  let page = await phone.newPage();
  let path = '';
  let watched = 0;
  let credited = 0;
  let startedAt = 0;
  try {
    await test.step('the page is closed', async () => {
      await signIn(page, 'worker01');
      ({ path } = await firstVideo(page));
      await page.goto(path);
      await play(page);
      startedAt = await positionOf(page);
      await watchUntil(page, startedAt / 1000 + 8);
      // A closing page plays on for as long as the browser takes: it keeps itself how far that was.
      await page.evaluate((from) => {
        const video = document.querySelector('video')!;
        const keep = () => {
          localStorage.setItem('playedMs', String(video.currentTime * 1000 - from));
        };
        video.addEventListener('timeupdate', keep);
        window.addEventListener('pagehide', keep);
        keep();
      }, startedAt);
      await page.close({ runBeforeUnload: true });
    });

    await test.step('what was watched until then is credited', async () => {
      page = await phone.newPage();
      await page.goto('/learn');
      const played = () => page.evaluate(() => Number(localStorage.getItem('playedMs')));
      credited = await expectCredit(page, played, 1_000);
      watched = await played();
    });

    await test.step('study goes on, and the browser is killed', async () => {
      await page.goto(path);
      await expect(page.getByRole('button', { name: /^从 0:[01]\d 接着学$/ })).toBeVisible();
      await play(page);
      const resumedAt = await positionOf(page);
      expect(Math.abs(resumedAt - startedAt - watched)).toBeLessThan(3_000);
      await watchUntil(page, resumedAt / 1000 + 7);
      const killedAt = await positionOf(page);
      await killPhone(phone, profile);
      watched += killedAt - resumedAt;
      credited += killedAt - resumedAt;
    });

    await test.step('the browser is opened again, and what it had kept is sent', async () => {
      phone = await launch();
      page = await phone.newPage();
      await page.goto('/learn');
      // A browser killed within half a minute of signing in has not kept the cookie yet.
      if (page.url().includes('/sign-in')) await signIn(page, 'worker01');
      await page.goto('/learn');
      credited = await expectCredit(page, credited, 2_000);
      console.log(`watched ${Math.round(watched)} ms, credited ${credited} ms`);
    });
  } finally {
    await killPhone(phone, profile);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a page that dies beside another one of the learner: the other sends what it had kept', async ({
  page,
  context,
}) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker25');
  const { path } = await firstVideo(page);
  await page.goto(path);
  await play(page);
  const startedAt = await positionOf(page);
  await watchUntil(page, startedAt / 1000 + 5);
  const other = await context.newPage();
  await other.goto('/learn');
  await other.waitForLoadState('networkidle');
  const watched = (await positionOf(page)) - startedAt;
  const line = await context.newCDPSession(page);
  const died = page.waitForEvent('crash');
  // A page that died does not answer.
  void line.send('Page.crash').catch(() => undefined);
  await died;
  await expectCredit(other, watched, 1_000);
});

test('seeking to the end earns nothing', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker02');
  const { path } = await firstVideo(page);
  await page.goto(path);
  await play(page);
  const startedAt = await positionOf(page);
  await watchUntil(page, startedAt / 1000 + 3);
  const jumpedAt = await positionOf(page);
  await page.evaluate(() => {
    const video = document.querySelector('video');
    if (video) video.currentTime = video.duration - 2;
  });
  await page.waitForFunction(() => document.querySelector('video')?.ended === true);
  await page.goto('/learn');
  const credited = await expectCredit(page, jumpedAt - startedAt + 2_000, 1_500);
  expect(credited).toBeLessThan(8_000);
  expect((await firstVideo(page)).lesson.complete).toBe(false);
});

test('a second device takes over, and the first says so', async ({ page, browser, world }) => {
  await signIn(page, 'worker03');
  const { path } = await firstVideo(page);
  await page.goto(path);
  await play(page);
  const other = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const second = await other.newPage();
  await signIn(second, 'worker03');
  await second.goto(path);
  await play(second);
  await expect(page.getByText('你在另一处打开了课')).toBeVisible({ timeout: 20_000 });
  await page.waitForFunction(() => document.querySelector('video')?.paused === true);
  await other.close();
});

test('without a line, what is watched waits and is counted when the line is back', async ({
  page,
  context,
}) => {
  await signIn(page, 'worker04');
  const { path } = await firstVideo(page);
  await page.goto(path);
  await play(page);
  const startedAt = await positionOf(page);
  await watchUntil(page, startedAt / 1000 + 2);
  await context.setOffline(true);
  await watchUntil(page, startedAt / 1000 + 6);
  await page.evaluate(() => document.querySelector('video')?.pause());
  const pausedAt = await positionOf(page);
  await expect(page.getByText(/待上传/)).toBeVisible();
  await context.setOffline(false);
  await expectCredit(page, pausedAt - startedAt, 1_000);
});
