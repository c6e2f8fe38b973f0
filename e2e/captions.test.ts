import { firstVideo, PHONE, play, positionOf } from './lesson-page';
import { expect, signIn, test } from './world';

test('what is said is found, and the hit plays from that second', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'worker08');
  const { path } = await firstVideo(page);
  await page.goto(path.replace(/\/lessons\/.*/, ''));
  await page.getByRole('searchbox', { name: '搜视频里讲过的话' }).fill('工具放回');
  await page.getByRole('button', { name: '搜' }).click();
  await expect(page.getByText('1 处讲到')).toBeVisible();
  const hit = page.getByRole('listitem').getByRole('link', { name: /工具放回/ });
  const said = await hit.locator('time').innerText();
  await hit.click();
  await page.waitForURL(/\?from=\d+/);
  const from = Number(new URL(page.url()).searchParams.get('from'));
  await play(page);
  const at = await positionOf(page);
  expect(at).toBeGreaterThanOrEqual(from);
  expect(at).toBeLessThan(from + 3_000);
  expect(said).toMatch(/^\d:\d\d$/);
});

test('an author edits captions along with the video; who saves second sees both sides', async ({
  page,
  browser,
  world,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, 'teacher02');
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: '柴油发动机装配与调试' }).first().click();
  await page.getByRole('link', { name: /1\.1 / }).click();
  await page.getByRole('link', { name: '字幕', exact: true }).click();
  const first = page.getByRole('textbox', { name: '第 1 句的文字' });
  await first.fill('曲轴的结构和材料。');
  await page.getByRole('textbox', { name: '第 1 句：止' }).fill('0:07.2');
  await page.getByRole('textbox', { name: '第 2 句的文字' }).focus();
  const other = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const second = await other.newPage();
  await signIn(second, 'teacher01');
  await second.goto(new URL(page.url()).pathname);
  await second.getByRole('textbox', { name: '第 1 句的文字' }).fill('讲曲轴。');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('保存好了，学员打开就是新的')).toBeVisible();
  await second.getByRole('button', { name: '保存字幕' }).click();
  await expect(second.getByRole('heading', { name: /周建国 .* 先改了字幕/ })).toBeVisible();
  await expect(second.getByText('曲轴的结构和材料。')).toBeVisible();
  await expect(second.getByText('讲曲轴。')).toBeVisible();
  await second.getByRole('button', { name: '用我的' }).click();
  await expect(second.getByText('保存好了，学员打开就是新的')).toBeVisible();
  const link = second.getByRole('link', { name: '下载 .vtt' });
  const served = await second.request.get((await link.getAttribute('href')) ?? '');
  expect(await served.text()).toMatch(/^WEBVTT\n\n00:00:00\.500 --> .*\n讲曲轴。\n/);
  await other.close();
});
