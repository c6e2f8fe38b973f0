import type { Page } from '@playwright/test';
import { expectCredit, firstVideo, PHONE, play, positionOf, watchUntil } from './lesson-page';
import { expect, signIn, test } from './world';

const HOUR = 3_600_000;

const pause = (page: Page) => page.evaluate(() => document.querySelector('video')?.pause());
const watchFor = async (page: Page, seconds: number) =>
  watchUntil(page, (await positionOf(page)) / 1000 + seconds);

test.use({ viewport: PHONE });

test('a page that the phone froze in the middle counts exactly what it played', async ({
  page,
}) => {
  await signIn(page, 'worker08');
  const { path, lesson } = await firstVideo(page);
  await page.goto(`${path}?from=0`);
  await play(page);
  const from = await positionOf(page);
  await watchFor(page, 3);
  const devtools = await page.context().newCDPSession(page);
  const asleepAt = Date.now();
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await expect.poll(() => Date.now() - asleepAt).toBeGreaterThan(5_000);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await page.evaluate(() => document.querySelector('video')?.play());
  await watchFor(page, 3);
  await pause(page);
  const watched = (await positionOf(page)) - from;
  const credited = await expectCredit(page, lesson.creditedMs + watched, 1_000);
  console.log(`watched ${Math.round(watched)} ms, credited ${credited - lesson.creditedMs} ms`);
});

for (const [title, shiftMs] of [
  ['back', -HOUR],
  ['forward', HOUR],
] as const) {
  test(`a phone whose clock is set ${title} an hour during play counts exactly what it played`, async ({
    page,
  }) => {
    await page.addInitScript(() => {
      const phone = window as unknown as { clockShiftMs: number };
      phone.clockShiftMs = 0;
      const now = Date.now.bind(Date);
      Date.now = () => now() + phone.clockShiftMs;
    });
    await signIn(page, shiftMs < 0 ? 'worker09' : 'worker10');
    const { path, lesson } = await firstVideo(page);
    const sessions: string[] = [];
    page.on('response', (answer) => {
      if (answer.url().endsWith('/api/watch-sessions')) sessions.push(String(answer.status()));
    });
    await page.goto(`${path}?from=0`);
    await play(page);
    const from = await positionOf(page);
    await watchFor(page, 3);
    await page.evaluate((shift) => {
      (window as unknown as { clockShiftMs: number }).clockShiftMs = shift;
    }, shiftMs);
    // The session's zero is no longer true: another is opened, and play goes on by itself.
    await expect.poll(() => sessions).toEqual(['201', '201']);
    await watchFor(page, 4);
    await pause(page);
    const watched = (await positionOf(page)) - from;
    const credited = await expectCredit(page, lesson.creditedMs + watched, 1_000);
    console.log(`watched ${Math.round(watched)} ms, credited ${credited - lesson.creditedMs} ms`);
  });
}
