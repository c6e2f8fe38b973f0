import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, signIn, startWorld, test as base, type World } from './world';

/** Lets every class of the world ask for presence after some seconds instead of minutes. */
function askSoon({ dataDir }: World): void {
  const stored = new Database(join(dataDir, 'jiangxue.sqlite'));
  stored.prepare('update rule_set_version set presence = ?').run(
    JSON.stringify({
      checkAfterMinMs: 4_000,
      checkAfterMaxMs: 5_000,
      answerWithinMs: 60_000,
      retryAfterMs: 1_000,
    }),
  );
  stored.close();
}

// A world of its own: nobody else's journey is to be asked this soon.
const test = base.extend<object, { world: World }>({
  world: [
    async ({}, provide) => {
      const world = await startWorld();
      askSoon(world);
      await provide(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.use({ viewport: { width: 360, height: 740 } });

/** The place of the right option of the newest question, or of a wrong one: only the database knows it. */
function optionPlace({ dataDir }: World, right: boolean): number {
  const stored = new Database(join(dataDir, 'jiangxue.sqlite'), { readonly: true });
  const row = stored
    .prepare(
      'select options, right_option from presence_question order by asked_at desc, number desc limit 1',
    )
    .get() as { options: string; right_option: string };
  stored.close();
  const options = JSON.parse(row.options) as string[];
  return options.findIndex((option) => (option === row.right_option) === right);
}

test('a worker is asked over the paused player, answers by keyboard, and goes on where it was', async ({
  page,
  world,
}) => {
  await signIn(page, 'worker05');
  const me = (await (await page.request.get('/api/me')).json()) as {
    enrollments: { id: string; lessons: { id: string; kind: string }[] }[];
  };
  const enrollment = me.enrollments[0]!;
  const lesson = enrollment.lessons.find(({ kind }) => kind === 'video')!;
  await page.goto(`/learn/classes/${enrollment.id}/lessons/${lesson.id}`);
  await page.getByRole('button', { name: '开始学习' }).click();
  const dialog = page.getByRole('dialog', { name: '还在学吗？' });
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('等你点一下')).toBeAttached();
  expect(await page.evaluate(() => document.querySelector('video')?.paused)).toBe(true);
  const pausedAt = await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  expect(await page.content()).not.toContain('right_option');

  const question = await dialog.locator('p').nth(1).innerText();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await dialog.locator('button').nth(optionPlace(world, false)).click();
  await expect(dialog.getByRole('status')).toContainText('换一题');
  await expect(dialog.getByRole('status')).toBeEmpty({ timeout: 10_000 });
  expect(question).not.toBe('');

  await dialog.locator('button').nth(optionPlace(world, true)).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await page.waitForFunction(
    (at) => {
      const video = document.querySelector('video');
      return video && !video.paused && video.currentTime > at + 1;
    },
    pausedAt,
    { timeout: 20_000 },
  );
  const resumedAt = await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  expect(resumedAt).toBeLessThan(pausedAt + 10);
});
