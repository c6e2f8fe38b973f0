import { advance, test } from './driven-world';
import { firstVideo, PHONE, play, positionOf, watchUntil } from './lesson-page';
import { expect, signIn } from './world';

const HOUR = 3_600_000;

test('a phone wakes up the next day with the lesson open: it plays on with fresh links', async ({
  page,
  world,
}) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker05');
  const { path } = await firstVideo(page);
  const segments: { status: number; signature: string | null }[] = [];
  page.on('response', (answer) => {
    const { pathname, searchParams } = new URL(answer.url());
    if (pathname.endsWith('.m4s'))
      segments.push({ status: answer.status(), signature: searchParams.get('s') });
  });
  await page.goto(`${path}?from=0`);
  await play(page);
  await watchUntil(page, 2);
  await page.evaluate(() => document.querySelector('video')?.pause());
  const first = segments[0]?.signature;
  expect(segments.every(({ status }) => status === 206)).toBe(true);
  await advance(world, 25 * HOUR);

  const known = segments.length;
  const length = await page.evaluate(() => {
    const video = document.querySelector('video');
    if (!video) throw new Error('no video');
    video.currentTime = video.duration * 0.8;
    void video.play();
    return video.duration;
  });
  await watchUntil(page, length * 0.8 + 2);
  const later = segments.slice(known);
  expect(later[0]).toEqual({ status: 403, signature: first });
  const opened = later.filter(({ status }) => status === 206);
  expect(opened.length).toBeGreaterThan(0);
  expect(opened.map(({ signature }) => signature)).not.toContain(first);
  // From then on the fresh link is known.
  expect(later.filter(({ status }) => status === 403).length).toBeLessThanOrEqual(2);
  expect(await positionOf(page)).toBeGreaterThan(length * 800);
});
