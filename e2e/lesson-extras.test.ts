import type { Page } from '@playwright/test';
import { ask, signInByApi } from './actors';
import { expectCredit, firstVideo, PHONE, play, positionOf, watchUntil } from './lesson-page';
import { openStored } from './stored-world';
import { expect, signIn, test, type World } from './world';

const pause = (page: Page) => page.evaluate(() => document.querySelector('video')?.pause());

/** Lets an author of the lesson write its sections, one a line. */
async function writeSections(world: World, lessonId: string, text: string): Promise<void> {
  const stored = openStored(world);
  const { courseId, login } = stored
    .prepare(
      `select l.course_id courseId, n.login_name login from lesson l
         join course_author a on a.course_id = l.course_id and a.organization_id = l.producer_organization_id
         join login_name n on n.person_id = a.person_id
        where l.id = ? order by n.login_name limit 1`,
    )
    .get(lessonId) as { courseId: string; login: string };
  stored.close();
  const cookie = await signInByApi(world, login);
  const path = `/teach/courses/${courseId}/lessons/${lessonId}/sections`;
  const saved = await ask(world, path, { cookie, form: { text, version: '0' } });
  expect(saved.status).toBe(200);
}

test('a commuter listens to the sound alone, and it counts as the class says', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker11');
  const { path, lesson } = await firstVideo(page);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.addInitScript(() => localStorage.setItem('quality', 'audio'));
  await page.goto(`${path}?from=0`);
  await expect(page.getByLabel('画质和整节流量')).toHaveValue('audio');
  await page.getByRole('button', { name: '开始学习' }).click();
  await watchUntil(page, 6);
  await expect(
    page.getByRole('status').filter({ hasText: '正在计时，锁屏或切走就不计' }),
  ).toBeVisible();
  const heard = await page.evaluate(() => {
    const video = document.querySelector('video') as HTMLVideoElement & {
      webkitAudioDecodedByteCount: number;
    };
    return { bytes: video.webkitAudioDecodedByteCount, width: video.videoWidth };
  });
  expect(heard.bytes).toBeGreaterThan(0);
  expect(heard.width).toBe(0);
  await pause(page);
  const heardMs = await positionOf(page);
  const credited = await expectCredit(page, lesson.creditedMs + heardMs, 1_000);
  expect(credited).toBeGreaterThan(lesson.creditedMs + 4_000);
  const films = fetched.filter((name) => /\/480\/media\.m4s$/.test(name));
  expect(films).toEqual([]);
});

test('the seek bar shows what lies there, and the sections lead to their parts', async ({
  page,
  world,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, 'worker12');
  const { path, lesson } = await firstVideo(page);
  await writeSections(world, lesson.id, '0:00 进车间之前\n0:24 操作时\n0:48 下班前');
  await page.goto(`${path}?from=0`);
  const sections = page.getByRole('navigation', { name: '分段' }).getByRole('button');
  await expect(sections).toHaveText([/0:00\s*进车间之前/, /0:24\s*操作时/, /0:48\s*下班前/]);
  await play(page);
  await watchUntil(page, 2);
  await expect(sections.nth(0)).toHaveAttribute('aria-current', 'true');
  await sections.nth(1).click();
  await watchUntil(page, 25);
  await expect(sections.nth(1)).toHaveAttribute('aria-current', 'true');
  await pause(page);
  // At the beginning there is nothing to mark.
  await expect(page.locator('.vjs-section-mark')).toHaveCount(2);

  const bar = page.locator('.vjs-progress-holder');
  const { x, y, width, height } = (await bar.boundingBox())!;
  const preview = page.locator('.vjs-preview');
  const shownAt = async (share: number) => {
    await page.mouse.move(x + width * share, y + height / 2);
    await expect(preview).toHaveClass(/vjs-preview-shown/);
    const spot = preview.locator('div');
    await expect(spot).toHaveCSS('background-image', /previews-1\.jpg/);
    return spot.evaluate((element) => element.style.backgroundPosition);
  };
  const early = await shownAt(0.1);
  await expect(preview.locator('span')).toHaveText('0:07');
  await expect(page.locator('.vjs-time-tooltip:visible')).toHaveCount(0);
  const late = await shownAt(0.8);
  expect(late).not.toBe(early);
  await page.mouse.click(x + width * 0.8, y + height / 2);
  await expect.poll(() => positionOf(page)).toBeGreaterThan(lesson.durationMs * 0.75);
});
