import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, listenForNoise, signIn, test, type World } from './world';

const LESSON = /1\.3 量具保养卡/;
const text = (page: Page) => page.getByRole('textbox', { name: '正文' });

async function openLesson(browser: Browser, world: World, login: string) {
  const context = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await signIn(page, login);
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: '柴油发动机装配与调试' }).first().click();
  await page.getByRole('link', { name: LESSON }).click();
  await expect(text(page)).toBeVisible();
  return page;
}

/** Selects words of the text as a mouse does. */
async function select(page: Page, words: string): Promise<void> {
  await text(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      root.focus();
      document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`no ${wanted}`);
  }, words);
}

test('a partner suggests other words, the producer accepts them; a mention waits for the one it names', async ({
  browser,
  world,
}) => {
  const college = await openLesson(browser, world, 'teacher01');
  const enterprise = await openLesson(browser, world, 'teacher02');
  const noises = [listenForNoise(college), listenForNoise(enterprise)];
  const card = (page: Page) => page.getByRole('article', { name: '建议修改 周建国' }).last();

  await select(enterprise, '薄薄上一层防锈油');
  await enterprise.getByRole('button', { name: '建议修改' }).click();
  await enterprise.getByLabel('改成').fill('薄薄喷一层防锈剂');
  await enterprise.getByLabel('为什么（可以不写）').fill('车间去年换了喷剂。');
  // Without a line nothing that was typed is lost.
  await enterprise.context().setOffline(true);
  await enterprise.getByRole('button', { name: '提出建议' }).click();
  await expect(enterprise.getByText('没有发出去，网络断了。写的还在')).toBeVisible();
  await enterprise.context().setOffline(false);
  await enterprise.getByRole('button', { name: '提出建议' }).click();

  const wanted = college.getByRole('article').filter({ hasText: '车间去年换了喷剂。' });
  await expect(wanted).toContainText('海岱动力集团');
  await expect(text(college).locator('ins', { hasText: '薄薄喷一层防锈剂' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: college }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await wanted.getByRole('button', { name: '采纳', exact: true }).click();
  for (const page of [college, enterprise]) {
    await expect(text(page)).toContainText('擦去手汗和切屑，薄薄喷一层防锈剂');
    await expect(text(page)).not.toContainText('防锈油');
    await expect(text(page).getByText('车间去年换了喷剂。')).toBeHidden();
    await expect(card(page)).toContainText('0.5～1 毫米');
  }

  // Where nothing is selected, words to be inserted can be suggested.
  await select(enterprise, '合格以前不再用');
  await enterprise.evaluate(() => document.getSelection()?.collapseToEnd());
  await enterprise.getByRole('button', { name: '在光标处建议插入' }).click();
  await enterprise.getByLabel('插入什么').fill('，单独放');
  await enterprise.getByRole('button', { name: '提出建议' }).click();
  const inserted = college.getByRole('article').filter({ hasText: '，单独放' });
  await inserted.getByRole('button', { name: '采纳', exact: true }).click();
  await expect(inserted).toBeHidden();
  await expect(text(college)).toContainText('，单独放');
  await select(college, '，单独放');
  await college.keyboard.press('ArrowRight');
  await college.keyboard.press('Control+Alt+m');
  await expect(college.getByLabel('插入什么')).toBeFocused();
  await college.getByRole('button', { name: '算了' }).click();

  await select(enterprise, '合格以前不再用');
  await enterprise.getByRole('button', { name: '评论', exact: true }).click();
  const words = enterprise.getByRole('textbox', { name: '说什么' });
  await words.fill('送检单贴在盒盖上？');
  await words.pressSequentially('@');
  const people = enterprise.getByRole('listbox', { name: '提到谁' }).getByRole('option');
  await expect(people).toHaveText([
    '王敏 鸢都技师学院',
    '刘振东 海岱动力集团',
    '李海涛 鸢都技师学院',
  ]);
  await words.pressSequentially('王');
  await expect(people).toHaveText(['王敏 鸢都技师学院']);
  const picker = await new AxeBuilder({ page: enterprise }).include('form').analyze();
  expect(picker.violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await words.press('Enter');
  await expect(words).toHaveValue('送检单贴在盒盖上？@王敏 ');
  await enterprise.getByRole('button', { name: '发出评论' }).click();
  await expect(college.getByRole('complementary').getByText('送检单贴在盒盖上？')).toBeVisible();
  // How much waits for one is counted anew without doing anything, long before the page would look by itself.
  const fresh = await college.context().newPage();
  await fresh.goto('/teach/waiting');
  const tally = (page: Page) => page.getByRole('link', { name: /待我处理/ });
  const counted = (await tally(fresh).textContent()) ?? '';
  expect(counted).toMatch(/[1-9]/);
  await expect(tally(college)).toHaveText(counted, { timeout: 5_000 });
  await fresh.close();
  await tally(college).click();
  const waiting = college.getByRole('listitem').filter({ hasText: '送检单贴在盒盖上？' });
  await expect(waiting).toContainText('周建国 海岱动力集团');
  await waiting.getByRole('link', { name: '去回复' }).click();
  await expect(college.getByRole('article', { name: '评论 周建国' })).toBeFocused();
  expect(noises.flat()).toEqual([]);
  await Promise.all([college.context().close(), enterprise.context().close()]);
});
