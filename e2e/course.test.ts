import type { Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { firstVideo, PHONE, play, watchUntil } from './lesson-page';
import { expect, signIn, test } from './world';

/** A real factory clip where it lies beside the project, else a demo video of ours. */
const CLIP = [
  resolve('../shared/media/bottle-line.mp4'),
  resolve('db/demo/upload-sample.mp4'),
].find(existsSync);
const FILE = CLIP?.split('/').at(-1) ?? '';
const COURSE = '柴油发动机装配与调试';
/** Long before the page would look by itself, which it does every 20 s. */
const LIVE = { timeout: 5_000 };
const CLASS = '柴油机装调工（中级）秋季 2 班';

test('two organizations make one course: upload, edit beside each other, sign off, publish', async ({
  page,
  browser,
  world,
}) => {
  test.setTimeout(240_000);
  const phone = await browser.newContext({ baseURL: world.url, locale: 'zh-CN', viewport: PHONE });
  const learner = await phone.newPage();
  await signIn(learner, 'worker01');
  const { path } = await firstVideo(learner);
  await learner.goto(path);
  await play(learner);
  await watchUntil(learner, 4);
  await learner.goto('/learn');
  await expect(async () => {
    expect((await firstVideo(learner)).lesson.creditedMs).toBeGreaterThan(3_000);
  }).toPass();
  const earned = (await firstVideo(learner)).lesson;

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

  await test.step('both sides sign the frozen candidate', async () => {
    await page.getByRole('link', { name: '发布', exact: true }).click();
    await expect(page.getByText(/曲轴的结构和材料/).first()).toBeVisible();
    await page.getByLabel(/这一版改了什么/).fill('补上灌装线');
    await page.getByRole('button', { name: '把草稿定为第 2 版的定稿' }).click();
    await expect(page.getByText('还差 2 个单位签字')).toBeVisible();
    await page.getByRole('button', { name: /^代表 .*签字$/ }).click();
    await expect(page.getByText('还差 1 个单位签字')).toBeVisible();
    await expect(page.getByRole('button', { name: /^代表/ })).toHaveCount(0);

    await other.goto('/teach/courses');
    await other.getByRole('link', { name: '第 2 版等签字' }).click();
    await other.getByRole('button', { name: /^代表 .*签字$/ }).click();
    await expect(other.getByText('签齐了，可以发布')).toBeVisible();
  });
  await test.step('a late change voids the signature of the side that it touches', async () => {
    await other.getByRole('link', { name: /2\.1 曲轴的结构/ }).click();
    await other.getByLabel('小节标题').fill('曲轴的结构、材料和热处理');
    await other.getByRole('button', { name: '保存', exact: true }).click();
    await expect(other.getByRole('heading', { name: /热处理/ })).toBeVisible();
    await other.getByRole('link', { name: '发布', exact: true }).click();
    await expect(other.getByText('定稿以后草稿又改了')).toBeVisible();
    await other.getByRole('button', { name: '按现在的草稿重新定稿' }).click();
    await expect(other.getByText('还差 1 个单位签字')).toBeVisible();
    await expect(other.getByText(/签过，签字后又改了，要重新签/)).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: '发布第 2 版' })).toHaveCount(0);
    await other.getByRole('button', { name: /^代表 .*签字$/ }).click();
    await expect(other.getByText('签齐了，可以发布')).toBeVisible();
  });
  await enterprise.close();
  await page.reload();
  await page.getByRole('button', { name: '发布第 2 版' }).click();
  await expect(page.getByText('第 2 版发布好了，班次可以用它了')).toBeVisible();
  await page.locator('a[href$="/versions/2"]').click();
  await expect(page.getByText(/灌装线上的瓶子/).first()).toBeVisible();
  await page.getByText('这一版改了什么').click();
  await expect(page.getByText('补上灌装线')).toBeVisible();

  await test.step('the class stays on its version, then moves, and hours are kept', async () => {
    const outline = path.replace(/\/lessons\/.*/, '');
    await learner.goto(outline);
    await expect(learner.getByText(/曲轴的结构/).first()).toBeVisible();
    await expect(learner.getByText(/热处理/)).toHaveCount(0);
    await expect(learner.getByText('灌装线上的瓶子')).toHaveCount(0);
    const office = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
    const manager = await office.newPage();
    await signIn(manager, 'admin01');
    await manager.goto('/manage/classes');
    await manager.getByRole('link', { name: CLASS }).first().click();
    await manager.getByRole('link', { name: '设置', exact: true }).click();
    await manager.getByRole('link', { name: `看《${COURSE}》第 2 版改了什么` }).click();
    await expect(manager.getByText('多了 1 节')).toBeVisible();
    await expect(manager.getByText('灌装线上的瓶子')).toBeVisible();
    await expect(manager.getByText(/名学员在这门课里得到的 .* 一分不少/)).toBeVisible();
    await manager.getByRole('button', { name: '换到第 2 版' }).click();
    await expect(manager.getByText('班次换到第 2 版了，已得的学时都在。')).toBeVisible();
    await learner.reload();
    await expect(learner.getByText('灌装线上的瓶子').first()).toBeVisible();
    const now = (await firstVideo(learner)).lesson;
    expect({ ...now, title: '' }).toEqual({ ...earned, title: '' });
    await Promise.all([office.close(), phone.close()]);
  });
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
  await test.step('two who move at once see both moves; who moves the same second chooses', async () => {
    const menu = (one: Page, title: string) => one.getByLabel(`移动或删除“${title}”`).click();
    const step = (one: Page, way: '上移' | '下移') =>
      one.locator('details[name=move-menu][open]').getByRole('button', { name: way }).click();
    const tree = (one: Page) => one.getByRole('navigation', { name: '目录' });
    const order = (one: Page) => tree(one).getByText(/^1\.\d /);
    await menu(second, '试切对刀法');
    await menu(first, '三爪卡盘装夹');
    await step(first, '下移');
    await expect(order(first)).toHaveText([/试切对刀法/, /三爪卡盘装夹/, /首件检验/]);
    await step(second, '下移');
    await expect(order(second)).toHaveText([/三爪卡盘装夹/, /首件检验/, /试切对刀法/]);
    await expect(order(first)).toHaveText([/三爪卡盘装夹/, /首件检验/, /试切对刀法/], LIVE);
    await menu(first, '首件检验');
    await menu(second, '首件检验');
    await step(second, '上移');
    await expect(order(second)).toHaveText([/首件检验/, /三爪卡盘装夹/, /试切对刀法/]);
    await step(first, '下移');
    await expect(first.getByRole('alert')).toContainText('先移动了“首件检验”');
    await first.getByRole('button', { name: '按我的移' }).click();
    await expect(first.getByRole('alert')).toHaveCount(0);
    await expect(order(first)).toHaveText([/三爪卡盘装夹/, /试切对刀法/, /首件检验/]);
    // By mouse: one onto the chapter's own line, which is its start.
    await tree(first)
      .getByText(/试切对刀法/)
      .hover();
    const handle = first.getByTitle('拖动“试切对刀法”');
    await handle.hover();
    await first.mouse.down();
    const head = await tree(first)
      .getByText(/^第 1 章/)
      .boundingBox();
    await first.mouse.move((head?.x ?? 0) + 20, (head?.y ?? 0) + 10, { steps: 8 });
    await first.mouse.up();
    await expect(order(first)).toHaveText([/试切对刀法/, /三爪卡盘装夹/, /首件检验/]);
  });
  await test.step('each sees at once what the other does, and where they are', async () => {
    await second.getByText('加一节', { exact: true }).click();
    await second.getByLabel('标题', { exact: true }).first().fill('换刀以后');
    await second.getByRole('button', { name: '加上', exact: true }).first().click();
    const added = (one: Page) =>
      one.getByRole('navigation', { name: '目录' }).getByRole('link', { name: /换刀以后/ });
    await expect(added(first)).toContainText('沈国梁 峰源精密制造 在这里', LIVE);
    const settings = await first.context().newPage();
    await settings.goto(first.url().replace(/\/lessons\/.*/, ''));
    await settings.getByLabel('简介').fill('先对刀，再车首件。');
    // The hands are off the field, as when somebody thinks.
    await settings.getByRole('heading', { name: '课程设置' }).click();
    await expect(added(settings)).toBeVisible();
    await added(first).click();
    await expect(added(second)).toContainText('吕文博 云门技师学院 在这里', LIVE);
    await second.getByLabel('移动或删除“换刀以后”').click();
    const menu = second.locator('details[name=move-menu][open]');
    await menu.getByText('从草稿里删除').click();
    await menu.getByRole('button', { name: '删除', exact: true }).click();
    await expect(first.getByRole('alert')).toContainText('这一节不在课程里了', LIVE);
    await expect(added(settings)).toHaveCount(0, LIVE);
    await expect(settings.getByLabel('简介')).toHaveValue('先对刀，再车首件。');
    await settings.close();
    for (const one of [first, second]) {
      await one.getByRole('link', { name: /三爪卡盘装夹/ }).click();
    }
  });
  await second.getByLabel('小节标题').fill('卡盘装夹');
  await first.getByLabel('小节标题').fill('三爪卡盘的装夹');
  await first.getByRole('button', { name: '保存', exact: true }).click();
  await expect(first.getByRole('heading', { name: /三爪卡盘的装夹/ })).toBeVisible();
  await expect(second.getByRole('heading', { name: /三爪卡盘的装夹/ })).toBeVisible(LIVE);
  await expect(second.getByLabel('小节标题')).toHaveValue('卡盘装夹');
  await second.getByRole('button', { name: '保存', exact: true }).click();
  await expect(second.getByText(/你填的还在，没有丢/)).toBeVisible();
  // The window comes to the front, as after looking something up: the choice stays.
  const choice = second.getByRole('button', { name: '用我的' });
  await second.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(first.getByRole('heading', { name: /三爪卡盘的装夹/ })).toBeVisible();
  await choice.click();
  await expect(second.getByRole('heading', { name: /卡盘装夹/ }).first()).toBeVisible();
  await Promise.all([first.context().close(), second.context().close()]);
  await page.goto('/sign-in');
});
