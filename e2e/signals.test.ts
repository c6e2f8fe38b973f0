import type { Page } from '@playwright/test';
import { openStored } from './stored-world';
import { expect, signIn, startWorld, test as base, type World } from './world';

// A world of its own: other journeys use the same accounts on other devices.
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

/** Plays the beginning of the learner's first video, then signs out. */
async function studyAndLeave(page: Page, login: string): Promise<void> {
  await signIn(page, login);
  const me = (await (await page.request.get('/api/me')).json()) as {
    enrollments: { id: string; lessons: { id: string; kind: string }[] }[];
  };
  const enrollment = me.enrollments[0]!;
  const lesson = enrollment.lessons.find(({ kind }) => kind === 'video')!;
  await page.goto(`/learn/classes/${enrollment.id}/lessons/${lesson.id}`);
  await page.getByRole('button', { name: /^(开始学习|从 .* 接着学)$/ }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) >= 3, null, {
    timeout: 60_000,
  });
  await page.goto('/account');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/account'));
}

/** The marks of the devices on which anybody studied: nobody is to see one. */
function readDeviceMarks(world: World): string[] {
  const stored = openStored(world);
  const marks = stored
    .prepare('select distinct device_hash from watch_session where device_hash is not null')
    .pluck()
    .all() as string[];
  stored.close();
  return marks;
}

test('two accounts study in one browser: the manager sees it, notes what it was, and it is put away', async ({
  page,
  world,
}) => {
  await studyAndLeave(page, 'worker07');
  await studyAndLeave(page, 'worker08');

  await signIn(page, 'manager02');
  await page.goto('/manage/classes');
  await page.getByRole('link', { name: '柴油机装调工（中级）秋季 2 班' }).click();
  await page.getByRole('link', { name: '留意' }).click();
  await page.getByRole('button', { name: '现在再看一遍' }).click();
  await expect(page.getByText(/^看了 \d+ 人的新记录。$/)).toBeVisible();
  await page.getByRole('link', { name: /^同一台设备 2$/ }).click();
  await expect(page).toHaveURL(/kind=shared-device/);

  const learners = page.locator('main section.card');
  await expect(learners).toHaveCount(2);
  const [first, second] = [learners.nth(0), learners.nth(1)];
  const names = [
    await first.getByRole('heading').innerText(),
    await second.getByRole('heading').innerText(),
  ];
  await expect(first).toContainText(`${names[1]}用过同一台设备`);
  await expect(second).toContainText(`${names[0]}用过同一台设备`);
  const shown = await page.content();
  const marks = readDeviceMarks(world);
  expect(marks).toHaveLength(1);
  expect(marks.filter((mark) => shown.includes(mark))).toEqual([]);

  const note = first.getByRole('group');
  await note.locator('summary').click();
  await note.getByRole('button', { name: '记下' }).click();
  await expect(note.getByText('写上看到了什么')).toBeVisible();
  await note.getByLabel('看到了什么').fill('问过两人，车间只有这一台电脑。');
  await note.getByRole('button', { name: '记下' }).click();
  await expect(page.getByText('记下了，这一条收起来。')).toBeVisible();
  await expect(learners).toHaveCount(1);
  await expect(learners.getByRole('heading')).toHaveText(names[1]!);

  await page.getByRole('link', { name: '也显示看过的' }).click();
  await expect(learners).toHaveCount(2);
  await expect(learners.nth(0)).toContainText('问过两人，车间只有这一台电脑。');

  await learners
    .nth(0)
    .getByRole('link', { name: /怎么算的$/ })
    .click();
  await expect(page).toHaveURL(/\/manage\/class-hours\/enrollments\/.+\/lessons\//);
});
