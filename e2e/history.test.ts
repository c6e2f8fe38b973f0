import { expect, signIn, test } from './world';

const COURSE = '数控车床对刀与首件加工';

test('a colleague’s change is found in the history, seen beside what it was, and taken back', async ({
  page,
  browser,
  world,
}) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const colleague = await context.newPage();
  await signIn(colleague, 'teacher04');
  await colleague.goto('/teach/courses');
  await colleague.getByRole('link', { name: COURSE }).first().click();
  await colleague.getByRole('link', { name: /1\.2 / }).click();
  const title = colleague.getByLabel('小节标题');
  const before = await title.inputValue();
  await title.fill('改错了的标题');
  await colleague.getByRole('button', { name: '保存', exact: true }).click();
  await expect(colleague.getByRole('heading', { name: /改错了的标题/ })).toBeVisible();

  await signIn(page, 'teacher03');
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: COURSE }).first().click();
  await page.getByRole('link', { name: '历史', exact: true }).click();
  await page
    .getByRole('link', { name: /看 .* 改了什么：改错了的标题/ })
    .first()
    .click();
  await expect(page.getByText(`“${before}”改名“改错了的标题”`)).toBeVisible();
  await page.getByRole('link', { name: '回到历史' }).click();
  await page
    .getByRole('link', { name: new RegExp(`改了什么：${before}$`) })
    .last()
    .click();
  await page.getByLabel(/给这一刻起个名字/).fill('改之前');
  await page.getByRole('button', { name: '记下名字' }).click();
  await expect(page.getByText('名字记下了。')).toBeVisible();
  await page.getByRole('button', { name: '把这一节恢复成这样' }).click();
  await expect(page.getByText(/^恢复好了/)).toBeVisible();
  // The page shows what the colleague does next, and what it told goes on standing there.
  await colleague.getByRole('link', { name: /1\.1 / }).click();
  await expect(title).not.toHaveValue('改错了的标题');
  const other = await title.inputValue();
  await title.fill(`${other}（续）`);
  await colleague.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('link', { name: `${other}（续）` })).toBeVisible();
  await expect(page.getByText(/^恢复好了/)).toBeVisible();
  await page.getByRole('link', { name: /1\.2 / }).click();
  await expect(page.getByLabel('小节标题')).toHaveValue(before);
  await context.close();
});
