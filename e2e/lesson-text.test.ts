import type { Browser, Page } from '@playwright/test';
import { expect, signIn, test, type World } from './world';

const COURSE = '柴油发动机装配与调试';
const text = (page: Page) => page.getByRole('textbox', { name: /正文|视频下面的文字/ });
/** Puts the caret into the words; in the middle of the text a suggestion's card may lie. */
const enter = (page: Page) => text(page).locator('p').last().click();
const saved = (page: Page) => page.getByText('已保存', { exact: true });

async function openLesson(browser: Browser, world: World, login: string, title: RegExp) {
  const context = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await signIn(page, login);
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: COURSE }).first().click();
  await page.getByRole('link', { name: title }).click();
  await expect(text(page)).toBeVisible();
  return page;
}

/** Lets nothing be written into the store of unsaved texts for as long as the page lives, as a slow disk would. */
function holdBrowserStore(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('jiangxue-lesson-texts');
    opening.onerror = () => reject(new Error('no store'));
    opening.onsuccess = () => {
      const store = opening.result.transaction('kept', 'readwrite').objectStore('kept');
      const stay = () => {
        store.count().onsuccess = stay;
      };
      stay();
      resolve();
    };
  });
}

test('two of two organizations write one text at once and see each other', async ({
  browser,
  world,
}) => {
  const college = await openLesson(browser, world, 'teacher01', /1\.3/);
  const enterprise = await openLesson(browser, world, 'teacher02', /1\.3/);
  await expect(college.getByText('2 人在编辑')).toBeVisible();
  await expect(enterprise.getByText('2 人在编辑')).toBeVisible();

  await enter(college);
  await college.keyboard.press('Control+Home');
  await college.keyboard.type('开工前');
  await enter(enterprise);
  await enterprise.keyboard.press('Control+End');
  await Promise.all([
    college.keyboard.type('先断电，再挂牌。', { delay: 15 }),
    enterprise.keyboard.type('收工后清点量具。', { delay: 15 }),
  ]);
  for (const page of [college, enterprise]) {
    await expect(text(page)).toContainText('开工前先断电，再挂牌。');
    await expect(text(page)).toContainText('收工后清点量具。');
    await expect(saved(page)).toBeVisible();
  }
  const names = (page: Page) => text(page).locator('[class*=caretName]');
  await expect(names(college)).toHaveText(/\S/);
  await expect(names(enterprise)).toHaveText(/\S/);
  expect(await names(college).textContent()).not.toBe(await names(enterprise).textContent());

  // Undoing takes back what one has written oneself, and nothing of the other.
  await college.keyboard.press('Control+z');
  await expect(text(college)).not.toContainText('先断电');
  await expect(text(enterprise)).not.toContainText('先断电');
  await expect(text(college)).toContainText('收工后清点量具。');
  await Promise.all([college.context().close(), enterprise.context().close()]);
});

test('what is written without a line is kept, merged afterwards, and outlives the browser window', async ({
  browser,
  world,
}) => {
  const college = await openLesson(browser, world, 'teacher01', /1\.1/);
  const enterprise = await openLesson(browser, world, 'teacher02', /1\.1/);
  await college.context().setOffline(true);
  await expect(college.getByText('没有连接，继续写，连上后合并')).toBeVisible();
  await enter(college);
  await college.keyboard.press('Control+Home');
  await college.keyboard.type('车间里没有网。');
  await enter(enterprise);
  await enterprise.keyboard.press('Control+End');
  await enterprise.keyboard.type('办公室里有网。');
  await expect(saved(enterprise)).toBeVisible();
  await expect(text(enterprise)).not.toContainText('车间里没有网。');
  await college.context().setOffline(false);
  for (const page of [college, enterprise]) {
    await expect(text(page)).toContainText('车间里没有网。');
    await expect(text(page)).toContainText('办公室里有网。');
    await expect(saved(page)).toBeVisible();
  }

  await college.context().setOffline(true);
  await expect(college.getByText('没有连接，继续写，连上后合并')).toBeVisible();
  await enter(college);
  await college.keyboard.press('Control+Home');
  await college.evaluate(holdBrowserStore);
  await college.keyboard.type('关窗之前。');
  const address = college.url();
  await college.close();
  await enterprise.context().setOffline(false);
  await college.context().setOffline(false);
  const again = await college.context().newPage();
  await again.goto(address);
  await expect(again.getByText('上次没连上时写的字，已经合并进来了')).toBeVisible();
  await expect(text(enterprise)).toContainText('关窗之前。');
  await Promise.all([again.context().close(), enterprise.context().close()]);
});

test('a killed server loses nothing that was shown as saved', async ({ browser, world }) => {
  const enterprise = await openLesson(browser, world, 'teacher02', /2\.2/);
  await enter(enterprise);
  await enterprise.keyboard.press('Control+Home');
  await enterprise.keyboard.type('扭矩分两次。');
  await expect(saved(enterprise)).toBeVisible();
  // A page that looks for others' changes while the server is away stays as it is.
  await world.killAndRestart(async () => {
    const failed = enterprise.waitForEvent('requestfailed');
    await enterprise.evaluate(() => window.dispatchEvent(new Event('focus')));
    await failed;
  });
  await enterprise.keyboard.type('再量一次。');
  await expect(saved(enterprise)).toBeVisible({ timeout: 30_000 });
  // The chapter is the enterprise's and not open: the college reads along.
  const college = await openLesson(browser, world, 'teacher01', /2\.2/);
  await expect(text(college)).toContainText('扭矩分两次。再量一次。');
  await expect(text(college)).toHaveAttribute('contenteditable', 'false');
  await expect(college.getByText(/^这一节由 海岱动力集团 制作/)).toBeVisible();
  await expect(college.getByRole('button', { name: '保存', exact: true })).toHaveCount(0);
  // Opening the chapter reaches the open page, and so does closing it.
  await enterprise.getByRole('link', { name: /第 2 章/ }).click();
  const opening = enterprise.getByRole('switch', { name: '向合作单位开放编辑' });
  for (const open of [true, false]) {
    await opening.click();
    await expect(opening).toBeChecked({ checked: open });
    await expect(text(college)).toHaveAttribute('contenteditable', String(open));
  }

  const plain = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    javaScriptEnabled: false,
  });
  await plain.addCookies(await enterprise.context().cookies());
  const reader = await plain.newPage();
  await expect
    .poll(async () => {
      await reader.goto(college.url());
      return reader.locator('.article').textContent();
    })
    .toContain('扭矩分两次。再量一次。');
  await Promise.all([college.context().close(), enterprise.context().close(), plain.close()]);
});

test('a safety warning, a picture and an attachment reach the other author and readers without JavaScript', async ({
  browser,
  world,
}) => {
  const college = await openLesson(browser, world, 'teacher01', /1\.2/);
  const enterprise = await openLesson(browser, world, 'teacher02', /1\.2/);
  const choose = async (tool: string, name: string, buffer: Buffer) => {
    const chooser = college.waitForEvent('filechooser');
    await college.getByRole('button', { name: tool, exact: true }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  };
  await enter(college);
  await college.keyboard.type('量之前先断电。');
  await college.getByRole('button', { name: '安全警示' }).click();
  await expect(text(enterprise).locator('[data-callout=warning]')).toContainText('量之前先断电。');

  const clip = { x: 0, y: 0, width: 160, height: 80 };
  await choose('图片', '千分尺.png', await college.screenshot({ clip }));
  const picture = text(enterprise).locator('img[src^="/lesson-files/"]');
  await expect(picture).toBeVisible();
  await text(college).locator('img[src^="/lesson-files/"]').click();
  await college.getByLabel('图上画的是什么').fill('千分尺的三个部位');
  await expect(picture).toHaveAttribute('alt', '千分尺的三个部位');
  await college.getByLabel('宽（像素）').fill('200');
  await expect(picture).toHaveAttribute('width', '200');

  await text(college).locator('p').last().click();
  await choose('附件', '工艺卡.pdf', Buffer.from('%PDF-1.4 工艺卡'));
  await expect(text(enterprise).getByText(/工艺卡\.pdf \(\d+ B\)/)).toBeVisible();
  await expect(saved(college)).toBeVisible();

  const plain = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    javaScriptEnabled: false,
  });
  await plain.addCookies(await enterprise.context().cookies());
  const reader = await plain.newPage();
  await expect(async () => {
    await reader.goto(enterprise.url());
    await expect(reader.locator('.article [data-callout=warning]')).toBeVisible({ timeout: 100 });
    await expect(reader.getByAltText('千分尺的三个部位')).toBeVisible({ timeout: 100 });
  }).toPass();
  const address = await reader.locator('a[data-file]').getAttribute('href');
  const answer = await enterprise.request.get(address ?? '');
  expect(answer.headers()['content-disposition']).toContain('attachment; filename*=UTF-8');
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  await Promise.all([college.context().close(), enterprise.context().close(), plain.close()]);
});
