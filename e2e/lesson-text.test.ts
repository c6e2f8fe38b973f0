import type { Browser, Page } from '@playwright/test';
import { expect, signIn, test, type World } from './world';

const COURSE = '柴油发动机装配与调试';
const text = (page: Page) => page.getByRole('textbox', { name: /正文|视频下面的文字/ });
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

test('two of two organizations write one text at once and see each other', async ({
  browser,
  world,
}) => {
  const college = await openLesson(browser, world, 'teacher01', /1\.3/);
  const enterprise = await openLesson(browser, world, 'teacher02', /1\.3/);
  await expect(college.getByText('2 人在编辑')).toBeVisible();
  await expect(enterprise.getByText('2 人在编辑')).toBeVisible();

  await text(college).click();
  await college.keyboard.press('Control+Home');
  await college.keyboard.type('开工前');
  await text(enterprise).click();
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
  const college = await openLesson(browser, world, 'teacher01', /2\.1/);
  const enterprise = await openLesson(browser, world, 'teacher02', /2\.1/);
  await college.context().setOffline(true);
  await expect(college.getByText('没有连接，继续写，连上后合并')).toBeVisible();
  await text(college).click();
  await college.keyboard.press('Control+Home');
  await college.keyboard.type('车间里没有网。');
  await text(enterprise).click();
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
  await text(college).click();
  await college.keyboard.press('Control+Home');
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
  const college = await openLesson(browser, world, 'teacher01', /2\.2/);
  await text(college).click();
  await college.keyboard.press('Control+Home');
  await college.keyboard.type('扭矩分两次。');
  await expect(saved(college)).toBeVisible();
  await world.killAndRestart();
  await college.keyboard.type('再量一次。');
  await expect(saved(college)).toBeVisible({ timeout: 30_000 });
  const enterprise = await openLesson(browser, world, 'teacher02', /2\.2/);
  await expect(text(enterprise)).toContainText('扭矩分两次。再量一次。');

  const plain = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    javaScriptEnabled: false,
  });
  await plain.addCookies(await enterprise.context().cookies());
  const reader = await plain.newPage();
  await expect
    .poll(async () => {
      await reader.goto(enterprise.url());
      return reader.locator('.article').textContent();
    })
    .toContain('扭矩分两次。再量一次。');
  await Promise.all([college.context().close(), enterprise.context().close(), plain.close()]);
});
