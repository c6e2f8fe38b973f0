import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, signIn, test } from './world';

/** A real factory clip where it lies beside the project, else a demo video of ours. */
const CLIP = [
  resolve('../shared/media/bottle-line.mp4'),
  resolve('db/demo/upload-sample.mp4'),
].find(existsSync);
const FILE = CLIP?.split('/').at(-1) ?? '';
const COURSE = '柴油发动机装配与调试';

test('two organizations make one course: upload, edit beside each other, publish', async ({
  page,
  browser,
  world,
}) => {
  test.setTimeout(240_000);
  await signIn(page, 'teacher01');
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: COURSE }).first().click();
  await page.getByText('加一节', { exact: true }).click();
  await page.getByLabel('标题', { exact: true }).first().fill('灌装线上的瓶子');
  await page.getByRole('button', { name: '加上', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: /灌装线上的瓶子/ })).toBeVisible();

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '选视频文件' }).click();
  await (await chooser).setFiles(CLIP ?? '');
  const attach = page.getByRole('button', { name: `用在这一节：${FILE}` });
  await expect(attach).toBeVisible({ timeout: 120_000 });
  await attach.click();
  await expect(page.getByText('这一节正在用')).toBeVisible();
  await page.getByRole('button', { name: '看一遍' }).click();
  await page.waitForFunction(
    () => {
      const video = document.querySelector('video');
      return (
        video !== null &&
        video.currentTime > 1 &&
        video.getVideoPlaybackQuality().totalVideoFrames > 5
      );
    },
    undefined,
    { timeout: 60_000 },
  );

  const enterprise = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const other = await enterprise.newPage();
  await signIn(other, 'teacher02');
  await other.goto('/teach/courses');
  await other.getByRole('link', { name: COURSE }).first().click();
  await other.getByRole('link', { name: /2\.1 曲轴的结构/ }).click();
  await other.getByLabel('小节标题').fill('曲轴的结构和材料');
  await other.getByRole('button', { name: '保存', exact: true }).click();
  await expect(other.getByRole('heading', { name: /曲轴的结构和材料/ })).toBeVisible();
  await enterprise.close();

  await page.getByRole('link', { name: '发布', exact: true }).click();
  await expect(page.getByText(/曲轴的结构和材料/).first()).toBeVisible();
  await page.getByRole('button', { name: '发布第 2 版' }).click();
  await expect(page.getByText('第 2 版发布好了，班次可以用它了')).toBeVisible();
  await page.locator('a[href$="/versions/2"]').click();
  await expect(page.getByText(/灌装线上的瓶子/).first()).toBeVisible();
});

test('two who save the same lesson both keep their text', async ({ page, browser, world }) => {
  const open = async (login: string) => {
    const context = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
    const opened = await context.newPage();
    await signIn(opened, login);
    await opened.goto('/teach/courses');
    await opened.getByRole('link', { name: '数控车床对刀与首件加工' }).first().click();
    await opened.getByRole('link', { name: /1\.1 三爪卡盘装夹/ }).click();
    return opened;
  };
  const [first, second] = [await open('teacher03'), await open('teacher04')];
  await first.getByLabel('小节标题').fill('三爪卡盘的装夹');
  await first.getByRole('button', { name: '保存', exact: true }).click();
  await expect(first.getByRole('heading', { name: /三爪卡盘的装夹/ })).toBeVisible();
  await second.getByLabel('小节标题').fill('卡盘装夹');
  await second.getByRole('button', { name: '保存', exact: true }).click();
  await expect(second.getByText(/你填的还在，没有丢/)).toBeVisible();
  await second.getByRole('button', { name: '用我的' }).click();
  await expect(second.getByRole('heading', { name: /卡盘装夹/ }).first()).toBeVisible();
  await Promise.all([first.context().close(), second.context().close()]);
  await page.goto('/sign-in');
});
