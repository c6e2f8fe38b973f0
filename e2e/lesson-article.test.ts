import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { FROM_WECHAT, FROM_WORD } from '../app/domain/lesson-texts/testing-pasted';
import { PHONE } from './lesson-page';
import { expect, listenForNoise, signIn, test, type World } from './world';

const COURSE = '焊接安全与氩弧焊入门';
const LESSON = '主轴承间隙的测量';
const text = (page: Page) => page.getByRole('textbox', { name: '正文' });
const tool = (page: Page, name: string) =>
  page.getByRole('toolbar').getByRole('button', { name, exact: true });

/** Copies it as another program does, then pastes it behind all that is there. */
async function paste(page: Page, html: string): Promise<void> {
  await text(page).press('Control+End');
  await page.evaluate((copied) => {
    const give = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/html', copied);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('copy', give, { capture: true, once: true });
  }, html);
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
}

const enter = async (browser: Browser, world: World, login: string, phone = false) => {
  const viewport = phone ? PHONE : { width: 1440, height: 900 };
  const context = await browser.newContext({ baseURL: world.url, locale: 'zh-CN', viewport });
  const page = await context.newPage();
  await signIn(page, login);
  return page;
};

test('what an author pastes and adds reaches learners, with and without JavaScript', async ({
  browser,
  world,
}) => {
  const author = await enter(browser, world, 'teacher05');
  const noises = listenForNoise(author);
  await author.goto('/teach/courses');
  await author.getByRole('link', { name: COURSE }).first().click();
  await author.getByText('加一节', { exact: true }).click();
  await author.getByLabel('标题', { exact: true }).first().fill(LESSON);
  await author.getByLabel('类型', { exact: true }).selectOption('article');
  await author.getByRole('button', { name: '加上', exact: true }).first().click();

  await test.step('an author pastes from Word and WeChat and adds what instructors need', async () => {
    await paste(author, FROM_WORD);
    await expect(text(author).locator('ol > li')).toHaveCount(2);
    await expect(author.getByText(/^有 1 张图没有跟着粘贴过来/)).toBeVisible();
    await paste(author, FROM_WECHAT);
    await expect(text(author).getByRole('heading', { name: '开机前看三处' })).toBeVisible();
    await text(author).press('Control+End');
    await author.keyboard.press('Enter');
    await author.keyboard.press('Enter');
    await author.keyboard.type('断电、挂牌，再动手。');
    await tool(author, '安全警示').click();
    await author.keyboard.press('Enter');
    await author.keyboard.press('Enter');
    await author.keyboard.press('Enter');
    await tool(author, '公式').click();
    await author.getByLabel('公式，用 LaTeX 写').fill('\\Delta=\\frac{D-d}{2}');
    await author.keyboard.press('Enter');
    const chooser = author.waitForEvent('filechooser');
    await tool(author, '附件').click();
    const buffer = Buffer.from('%PDF-1.4 工艺卡');
    await (await chooser).setFiles({ name: '工艺卡.pdf', mimeType: 'application/pdf', buffer });
    await expect(text(author).getByText(/工艺卡\.pdf/)).toBeVisible();
    await tool(author, '插入课程里的一节').click();
    await author.getByLabel('选课程里的一节').selectOption({ label: '1.1 焊接安全' });
    await author.getByRole('button', { name: '放进来' }).click();
    await expect(author.getByText('已保存', { exact: true })).toBeVisible();
    expect(noises).toEqual([]);
  });

  await test.step('the version is published, and the class moves to it', async () => {
    await author.getByRole('link', { name: '发布', exact: true }).click();
    await author.getByLabel(/这一版改了什么/).fill('加上量间隙');
    await author.getByRole('button', { name: '发布第 2 版' }).click();
    await expect(author.getByText('第 2 版发布好了，班次可以用它了')).toBeVisible();
    const manager = await enter(browser, world, 'manager05');
    await manager.goto('/manage/classes');
    await manager.getByRole('link', { name: '焊工安全与氩弧焊入门 4 班' }).first().click();
    await manager.getByRole('link', { name: '设置', exact: true }).click();
    await manager.getByRole('link', { name: `看《${COURSE}》第 2 版改了什么` }).click();
    await manager.getByRole('button', { name: '换到第 2 版' }).click();
    await expect(manager.getByText('班次换到第 2 版了，已得的学时都在。')).toBeVisible();
    await manager.context().close();
  });
  await author.context().close();

  const learner = await enter(browser, world, 'worker23', true);
  await learner.goto('/learn/classes');
  await learner
    .getByRole('link', { name: /焊工安全/ })
    .first()
    .click();
  await learner.getByRole('link', { name: LESSON }).click();
  await expectArticle(learner);
  const { violations } = await new AxeBuilder({ page: learner }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);

  const plain = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    viewport: PHONE,
    javaScriptEnabled: false,
    storageState: await learner.context().storageState(),
  });
  const reader = await plain.newPage();
  await reader.goto(learner.url());
  await expectArticle(reader);
  const address = await reader.getByRole('link', { name: /工艺卡\.pdf/ }).getAttribute('href');
  const file = await reader.request.get(address ?? '');
  expect(await file.text()).toBe('%PDF-1.4 工艺卡');
  expect(file.headers()['content-disposition']).toContain('attachment');
  await reader
    .getByRole('link', { name: /^焊接安全/ })
    .first()
    .click();
  await expect(reader.getByRole('heading', { name: /焊接安全/ }).first()).toBeVisible();
  await Promise.all([plain.close(), learner.context().close()]);
});

/** Everything that was pasted and added, each as what it is; and the page is no wider than the phone. */
async function expectArticle(page: Page): Promise<void> {
  const article = page.locator('.article');
  await expect(article.getByRole('heading', { name: '1 主轴承间隙的测量' })).toBeVisible();
  await expect(article.getByRole('heading', { name: '开机前看三处' })).toBeVisible();
  await expect(article.locator('ul ul > li')).toHaveText(['绿色，0.025 mm 起']);
  await expect(article.locator('ol > li')).toHaveText(['擦净轴颈', /^放上间隙规/]);
  await expect(article.getByRole('cell', { name: '0.04' })).toBeVisible();
  await expect(article.locator('[data-callout=warning]')).toHaveText('断电、挂牌，再动手。');
  await expect(article.locator('math mfrac')).toBeVisible();
  await expect(
    article.locator('[data-lesson]').getByRole('link', { name: /^焊接安全/ }),
  ).toBeVisible();
  await expect(article.locator('[style], [class*=Mso]')).toHaveCount(0);
  const [wide, seen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(wide).toBe(seen);
}
