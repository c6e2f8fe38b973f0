import type { Page } from '@playwright/test';
import { layHeavyFilm } from '../bench/heavy-film';
import { expectCredit, firstVideo, PHONE, play, positionOf, watchUntil } from './lesson-page';
import { expect, signIn, test, type World } from './world';

/** Gives the learner's first video two sizes of a restless picture. */
async function giveTwoSizes(world: World, page: Page): Promise<string> {
  const { path, lesson } = await firstVideo(page);
  await layHeavyFilm({ dataDir: world.dataDir, lessonId: lesson.id }, [240, 480]);
  return path;
}

/** Adds up, frame by frame, the media that really went by, so that it can be compared with what is credited. */
async function addUpWatched(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = window as unknown as { watchedMs: number };
    kept.watchedMs = 0;
    let last: { at: number; media: number } | undefined;
    setInterval(() => {
      const video = document.querySelector('video');
      const at = performance.now();
      const runs = video && !video.paused && !video.seeking && video.readyState >= 3;
      if (!runs) {
        last = undefined;
        return;
      }
      const media = video.currentTime * 1000;
      const moved = last ? media - last.media : 0;
      if (last && moved > 0 && moved <= (at - last.at) * 1.05 + 300) kept.watchedMs += moved;
      last = { at, media };
    }, 50);
  });
}
const watchedMs = (page: Page) =>
  page.evaluate(() => (window as unknown as { watchedMs: number }).watchedMs);

const pause = (page: Page) => page.evaluate(() => document.querySelector('video')?.pause());

test('switching quality, seeking and pausing keep counting exactly what was watched', async ({
  page,
  world,
}) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker05');
  const path = await giveTwoSizes(world, page);
  await page.goto(`${path}?from=0`);
  const select = page.getByLabel('画质和整节流量');
  await expect(select.locator('option')).toHaveText([
    /^自动，最多 [\d.]+ MB$/,
    /^480p，约 [\d.]+ MB$/,
    /^240p，约 [\d.]+ MB$/,
    /^省流量，约 [\d.]+ MB$/,
    /^只听声音，约 [\d.]+ MB$/,
  ]);
  await select.selectOption('saver');
  await addUpWatched(page);
  await play(page);
  const heightOf = () => page.evaluate(() => document.querySelector('video')?.videoHeight ?? 0);
  await watchUntil(page, 4);
  expect(await heightOf()).toBe(240);
  await select.selectOption('480');
  await expect.poll(heightOf, { timeout: 30_000 }).toBe(480);
  await watchUntil(page, (await positionOf(page)) / 1000 + 3);
  await page.evaluate(() => {
    const video = document.querySelector('video');
    if (video) video.currentTime = 40;
  });
  await watchUntil(page, 43);
  await page.locator('.vjs-quality button').click();
  await page.getByRole('menuitemradio', { name: /^240p/ }).click();
  await expect.poll(heightOf, { timeout: 30_000 }).toBe(240);
  await watchUntil(page, (await positionOf(page)) / 1000 + 3);
  await pause(page);
  const watched = await watchedMs(page);
  const credited = await expectCredit(page, watched, 1_000);
  console.log(`watched ${Math.round(watched)} ms, credited ${credited} ms`);
  await page.reload();
  await expect(select).toHaveValue('240');
});

test('on a phone with a slow line a worker reads the page, plays the lesson, and all of it counts', async ({
  page,
  world,
}) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker06');
  const path = await giveTwoSizes(world, page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 2000,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  await page.goto(`${path}?from=0`, { waitUntil: 'commit' });
  await expect(page.locator('h1')).toBeVisible({ timeout: 8_000 });
  const button = page.getByRole('button', { name: '开始学习' });
  await expect(button).toBeEnabled({ timeout: 30_000 });
  await addUpWatched(page);
  await play(page);
  await watchUntil(page, 12);
  await pause(page);
  const watched = await watchedMs(page);
  const credited = await expectCredit(page, watched, 1_000);
  console.log(`watched ${Math.round(watched)} ms, credited ${credited} ms`);
});

test('keys play, seek and silence; the lesson’s end offers the next one', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, 'worker07');
  const { path } = await firstVideo(page);
  await page.goto(`${path}?from=0`);
  await play(page);
  const paused = () => page.evaluate(() => document.querySelector('video')?.paused);
  await page.keyboard.press('k');
  await expect.poll(paused).toBe(true);
  await page.keyboard.press('5');
  const length = await page.evaluate(() => document.querySelector('video')?.duration ?? 0);
  await expect.poll(() => positionOf(page)).toBeCloseTo(length * 500, -3);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => positionOf(page)).toBeLessThan(length * 500 - 4000);
  await page.keyboard.press('m');
  expect(await page.evaluate(() => document.querySelector('video')?.muted)).toBe(true);
  const shared = await page.evaluate(() => navigator.mediaSession.metadata?.title);
  expect(shared).toBe('车间安全五条');
  const attributes = await page.evaluate(() =>
    ['playsinline', 'webkit-playsinline', 'x5-playsinline', 'x5-video-player-type'].map((name) =>
      document.querySelector('video')?.getAttribute(name),
    ),
  );
  expect(attributes.slice(0, 3)).not.toContain(null);
  expect(attributes[3]).toBe('h5-page');
  await page.evaluate(() => {
    const video = document.querySelector('video');
    if (video) video.currentTime = video.duration - 1;
  });
  await page.keyboard.press('k');
  await expect(page.getByText('放完了，下一节')).toBeVisible();
  await page.getByText('放完了，下一节').locator('..').locator('..').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: /^1\.2 / })).toBeVisible();
});
