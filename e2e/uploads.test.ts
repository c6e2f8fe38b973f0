import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, signIn, startWorld, test, type World } from './world';

const SAMPLE = resolve('db/demo/upload-sample.mp4');
const COURSE = '柴油发动机装配与调试';
const SLOW_BYTES_PER_SECOND = 1_500_000;

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiangxue-uploads-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A real film of some 30 MB in three seconds: noise does not compress. */
function film(name: string): string {
  const file = join(folder, name);
  const noise = 'nullsrc=s=640x360:r=25:d=3,geq=random(1)*255:128:128';
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '8', '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    noise,
    ...coding,
    file,
  ]);
  return file;
}

async function openCourse(page: Page, login = 'teacher01'): Promise<void> {
  await signIn(page, login);
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: COURSE }).first().click();
  await expect(page.getByRole('button', { name: '选视频文件' }).last()).toBeVisible();
}

async function pick(page: Page, files: string | string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '选视频文件' }).last().click();
  await (await chooser).setFiles(files);
}

interface Line {
  url: string;
  /** Lets so many bytes a second through from now on. */
  speed(bytesPerSecond: number): void;
  /** Ends every connection and takes no other until it is mended; resolves once one was refused. */
  cut(): Promise<void>;
  mend(): void;
  close(): Promise<void>;
}

/** A line to the server, as good or bad as one likes. */
async function lineTo(world: World): Promise<Line> {
  let rate = Infinity;
  let broken = false;
  let refused = () => undefined as void;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (broken) {
      refused();
      return void near.destroy();
    }
    const far = connect(Number(new URL(world.url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.pipe(near);
    near.on('data', (part) => {
      far.write(part);
      near.pause();
      setTimeout(() => near.resume(), (part.length * 1000) / rate);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const drop = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    speed: (bytesPerSecond) => void (rate = bytesPerSecond),
    cut() {
      broken = true;
      drop();
      return new Promise((resolve) => (refused = resolve));
    },
    mend: () => void (broken = false),
    close() {
      drop();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Lets each load of the page's data take a while; collects those that were broken off. */
async function slowLoads(page: Page): Promise<string[]> {
  const broken: string[] = [];
  await page.route('**/*.data*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue().catch(() => undefined);
  });
  page.on('requestfailed', (request) => {
    if (request.url().includes('.data')) broken.push(request.url());
  });
  return broken;
}

const percentOf = async (page: Page, name: string): Promise<number> =>
  Number(
    await page
      .getByRole('progressbar', { name: new RegExp(`^${name}`) })
      .getAttribute('aria-valuenow', { timeout: 30_000 }),
  );

const untilPercent = (page: Page, name: string, percent: number) =>
  expect
    .poll(() => percentOf(page, name), { timeout: 60_000, intervals: [100] })
    .toBeGreaterThanOrEqual(percent);

function ask(world: World, sql: string, ...values: string[]): Record<string, unknown>[] {
  const db = new Database(join(world.dataDir, 'jiangxue.sqlite'), { readonly: true });
  try {
    return db.prepare(sql).all(...values) as Record<string, unknown>[];
  } finally {
    db.close();
  }
}

test('an upload is interrupted three times, and arrives whole', async ({ browser }) => {
  test.setTimeout(240_000);
  const world = await startWorld();
  const file = film('气门间隙.mp4');
  const line = await lineTo(world);
  const open = () => browser.newContext({ baseURL: line.url, locale: 'zh-CN' });
  try {
    await test.step('the browser is closed for good in the middle', async () => {
      const context = await open();
      const page = await context.newPage();
      await openCourse(page);
      line.speed(SLOW_BYTES_PER_SECOND);
      await pick(page, file);
      await untilPercent(page, '气门间隙.mp4', 20);
      await context.close();
      line.speed(Infinity);
    });
    const context = await open();
    const page = await context.newPage();
    await test.step('another browser knows of it, and goes on with the same file', async () => {
      await openCourse(page);
      await expect(page.getByText(/上次没传完，已有 [1-9]\d?%/)).toBeVisible();
      line.speed(SLOW_BYTES_PER_SECOND);
      await pick(page, file);
      await untilPercent(page, '气门间隙.mp4', 35);
    });
    await test.step('the server is killed and started again', async () => {
      await world.killAndRestart();
      await untilPercent(page, '气门间隙.mp4', 55);
    });
    await test.step('the line is lost and comes back', async () => {
      await line.cut();
      const before = await percentOf(page, '气门间隙.mp4');
      expect(before).toBeLessThan(95);
      line.mend();
      line.speed(Infinity);
      await expect(
        page.getByText(/^(已传完|正在转换|正在做其他清晰度|\d+p，0:03)/).first(),
      ).toBeVisible({
        timeout: 90_000,
      });
    });
    await expect
      .poll(() =>
        ask(world, 'select bytes, content_sha256 from media where filename = ?', '气门间隙.mp4'),
      )
      .toEqual([
        {
          bytes: readFileSync(file).length,
          content_sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
        },
      ]);
    await context.close();
  } finally {
    await line.close();
    await world.stop();
  }
});

test('a folder becomes the lessons of a chapter, in its order', async ({ page, world }) => {
  test.setTimeout(180_000);
  const chapterFolder = join(folder, '装配');
  mkdirSync(chapterFolder);
  const names = ['10 试车.mp4', '2 装活塞.mp4', '1 清洗.mp4'];
  for (const name of names) {
    copyFileSync(SAMPLE, join(chapterFolder, name));
    // Each another file, as after another take: bytes behind the last box are nobody's.
    writeFileSync(
      join(chapterFolder, name),
      Buffer.from([0, 0, 0, 9, ...Buffer.from('free'), 49]),
      {
        flag: 'a',
      },
    );
  }
  const cutOff = '\0\0\0\x10ftypisom\0\0\0\x01\0\x10\0\0mdat and the camera fell';
  writeFileSync(join(chapterFolder, '3 断了.mp4'), cutOff, 'latin1');
  writeFileSync(join(chapterFolder, '说明.txt'), '先清洗');

  await openCourse(page);
  const broken = await slowLoads(page);
  await page.getByText('加一章', { exact: true }).click();
  const adding = page.locator('details', { hasText: '加一章' });
  await adding.getByLabel('标题', { exact: true }).fill('装配');
  await adding.getByRole('button', { name: '加上', exact: true }).click();
  await expect(page.getByRole('heading', { name: '上传为课时' })).toBeVisible();
  await page.getByLabel('选文件夹').last().setInputFiles(chapterFolder);

  await expect(page.getByText('1 个不是视频，没有列出。')).toBeVisible();
  await expect(page.getByText(/^3 断了.mp4 没有录完或没有拷完/)).toBeVisible();
  const titles = page.getByRole('textbox', { name: /的标题$/ });
  await expect(titles).toHaveCount(3);
  await expect(titles.nth(0)).toHaveValue('清洗');
  await expect(titles.nth(1)).toHaveValue('装活塞');
  await expect(titles.nth(2)).toHaveValue('试车');
  await titles.nth(1).fill('装活塞和连杆');
  await page.getByRole('button', { name: '加上这 3 节，开始上传' }).click();

  await expect(page.getByText(/^3 节加好了/)).toBeVisible();
  const lessons = page.getByRole('navigation', { name: '目录' }).getByRole('link', {
    name: /\d\.[123] (清洗|装活塞和连杆|试车) .*0:\d\d/,
  });
  await expect(lessons).toHaveCount(3, { timeout: 120_000 });
  await expect(lessons.nth(1)).toContainText('装活塞和连杆');
  const stored = ask(
    world,
    `select l.title, m.filename from lesson l join media m on m.id = l.media_id
      where l.chapter_id = (select id from chapter where title = '装配') order by l.position`,
  );
  expect(stored).toEqual([
    { title: '清洗', filename: '1 清洗.mp4' },
    { title: '装活塞和连杆', filename: '2 装活塞.mp4' },
    { title: '试车', filename: '10 试车.mp4' },
  ]);

  expect(broken, 'uploads that end together do not break off each other’s load').toEqual([]);

  await test.step('the same video again is offered from where it is', async () => {
    await expect(page.getByText(`这段视频已在《${COURSE}》里。`).first()).toBeVisible();
    const offers = page.getByRole('button', { name: '直接用它' });
    const before = await offers.count();
    await offers.first().click();
    await expect(offers).toHaveCount(before - 1);
  });
});

test('a better take replaces a lesson’s video after its author saw what that means', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const better = join(folder, '曲轴 重录.mp4');
  copyFileSync(SAMPLE, better);
  await openCourse(page, 'teacher02');
  await page.getByRole('link', { name: /2\.1 曲轴/ }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('曲轴');
  await pick(page, better);
  const attach = page.getByRole('button', { name: '用在这一节：曲轴 重录.mp4' });
  await expect(attach).toBeVisible({ timeout: 120_000 });
  await attach.click();
  await expect(heading).toContainText('换视频');
  await expect(page.getByText(/学过的学时一分不少/)).toBeVisible();
  await expect(page.getByText(/个班次正在用这一节/)).toBeVisible();
  await expect(page.getByText(/短了/)).toBeVisible();
  await page.getByRole('button', { name: '换成这段视频' }).click();
  await expect(page.getByLabel('视频', { exact: true })).toContainText('曲轴 重录.mp4');
});

test('whose enrollment is withdrawn gets no segment more', async ({ page, browser, world }) => {
  await signIn(page, 'worker01');
  const [lesson] = ask(
    world,
    `select e.id enrollmentId, e.class_id classId, l.media_id mediaId
       from enrollment e join login_name n on n.person_id = e.person_id
       join class_course c on c.class_id = e.class_id
       join course_version_lesson l on l.course_version_id = c.course_version_id
      where n.login_name = 'worker01' and e.status = 'enrolled' and l.kind = 'video' limit 1`,
  ) as { enrollmentId: string; classId: string; mediaId: string }[];
  expect(lesson).toBeDefined();
  const base = `/media/${lesson?.mediaId}/480`;
  const playlist = await (await page.request.get(`${base}/index.m3u8`)).text();
  const link = playlist.split('\n').find((line) => line.startsWith('media.m4s')) ?? '';
  const segment = `${base}/${link}`;
  const range = { range: 'bytes=0-99' };
  expect((await page.request.get(segment, { headers: range })).status()).toBe(206);

  const office = await browser.newContext({ baseURL: world.url, locale: 'zh-CN' });
  const manager = await office.newPage();
  expect((await manager.request.get(segment, { headers: range })).status()).toBe(401);
  await signIn(manager, 'admin01');
  expect((await manager.request.get(segment, { headers: range })).status()).toBe(403);
  const done = await manager.request.post(`/manage/classes/${lesson?.classId}?index`, {
    form: { withdraw: lesson?.enrollmentId ?? '' },
    headers: { origin: world.url },
  });
  expect(done.ok()).toBe(true);
  const withdrawnAt = Date.now();
  await expect
    .poll(async () => (await page.request.get(segment, { headers: range })).status(), {
      timeout: 60_000,
      intervals: [500],
    })
    .toBe(404);
  expect(Date.now() - withdrawnAt).toBeLessThan(60_000);
  await office.close();
});
