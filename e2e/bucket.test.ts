import { openTestBucket } from '../app/infra/testing-bucket';
import { expectCredit, firstVideo, PHONE, play, positionOf, watchUntil } from './lesson-page';
import { expect, signIn, startWorld, test as base, type World } from './world';

// A world of its own, whose media lie in a bucket of another origin.
const test = base.extend<object, { bucket: { origin: string; url: string }; world: World }>({
  bucket: [
    async ({}, provide) => {
      const bucket = await openTestBucket();
      await provide({ origin: bucket.origin, url: bucket.url() });
      await bucket.close();
    },
    { scope: 'worker' },
  ],
  world: [
    async ({ bucket }, provide) => {
      const world = await startWorld({ MEDIA_URL: bucket.url });
      await provide(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test('a lesson whose media lie in a bucket plays from there, by links that open for a moment', async ({
  page,
  bucket,
}) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker13');
  const { path, lesson } = await firstVideo(page);
  const segments: { status: number; from: string; signed: boolean }[] = [];
  page.on('response', (answer) => {
    const url = new URL(answer.url());
    if (!url.pathname.endsWith('.m4s')) return;
    const signed = url.searchParams.get('X-Amz-Expires') === '45';
    segments.push({ status: answer.status(), from: url.origin, signed });
  });
  const opened = await page.goto(`${path}?from=0`);
  const policy = opened?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain(`connect-src 'self' ${bucket.origin}`);
  await play(page);
  await watchUntil(page, 10);
  await page.evaluate(() => document.querySelector('video')?.pause());
  const brought = segments.filter(({ from }) => from === bucket.origin);
  expect(brought.length).toBeGreaterThan(1);
  for (const segment of brought)
    expect(segment).toEqual({ status: 206, from: bucket.origin, signed: true });
  // This server only shows the way there.
  const ours = segments.filter(({ from }) => from !== bucket.origin);
  expect(new Set(ours.map(({ status }) => status))).toEqual(new Set([302]));
  await expectCredit(page, lesson.creditedMs + (await positionOf(page)), 1_000);
});
