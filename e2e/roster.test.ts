import ExcelJS from 'exceljs';
import { join } from 'node:path';
import { expect, signIn, test } from './world';

const TITLE = '柴油机装调工（中级）冬季 3 班';

async function writeRoster(file: string): Promise<void> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('名册');
  sheet.addRows([
    ['姓名', '手机号', '工号'],
    ['季春林', '13600009901', '9901'],
    ['文秀云', '1360000990', ''],
    ['', '13600009903', ''],
    ['辛国栋', '', '9904'],
    ['古月明', '23600009905', ''],
  ]);
  await book.xlsx.writeFile(file);
}

test('a manager opens a class and imports a roster with three bad rows; a new person starts with the code', async ({
  page,
  browser,
  world,
}) => {
  await signIn(page, 'manager02');
  await page.goto('/manage/classes/new');
  await page.getByLabel('班名').fill(TITLE);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await page.getByLabel('第一天').fill(today);
  await page.getByLabel(/柴油发动机装配与调试/).check();
  await page.getByRole('button', { name: '开班' }).click();
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();

  await page.getByRole('link', { name: '名册导入' }).click();
  const file = join(world.dataDir, 'roster.xlsx');
  await writeRoster(file);
  await page.getByLabel('选择名册文件').setInputFiles(file);
  await page.getByRole('button', { name: '核对名册' }).click();
  await expect(page.getByText('名册核对好了，还没有写入')).toBeVisible();
  await expect(page.getByText('手机号不到 11 位')).toBeVisible();
  await expect(page.getByText('没有姓名')).toBeVisible();
  await expect(page.getByText('手机号应以 13 到 19 开头')).toBeVisible();
  await page.getByRole('button', { name: '导入这 2 人' }).click();
  await expect(page.getByText('2 人已写入')).toBeVisible();
  // The rows of the check may still stand above the list of start codes.
  const row = page.getByRole('row', { name: /季春林.*[2-9A-Z]{4}-/ });
  const code = /[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}/.exec(await row.innerText())?.[0] ?? '';
  expect(code).not.toBe('');

  const phone = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const learner = await phone.newPage();
  await learner.setViewportSize({ width: 360, height: 740 });
  await signIn(learner, '136 0000 9901', code);
  await expect(learner).toHaveURL(/\/welcome/);
  await learner.getByLabel(/我看过了，同意/).check();
  await learner.getByLabel('新密码').fill('风筝线要一直拉紧一点儿');
  await learner.getByLabel('再输一遍').fill('风筝线要一直拉紧一点儿');
  await learner.getByRole('button', { name: '同意并开始' }).click();
  await expect(learner).toHaveURL(/\/learn/);
  await expect(learner.getByText(TITLE).first()).toBeVisible();
  await phone.close();
});
