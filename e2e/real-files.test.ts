import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { CLIPS, makeClip, type Clip, type ClipPlayed } from '../app/domain/media/testing-clips';
import { mediaMessages } from '../app/i18n/messages/media';
import type { MediaStatus } from '../app/domain/media/get-media.server';
import { ask, signInByApi } from './actors';
import { openStored } from './stored-world';
import { listenForNoise, signIn, startWorld, type World } from './world';

const AUTHOR = 'teacher01';
const LENGTH_MS = 120;

let world: World;
let cookie: string;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  for (const { name } of CLIPS) makeClip(name);
  world = await startWorld();
  cookie = await signInByApi(world, AUTHOR);
});
test.afterAll(() => world.stop());

/** The draft lesson of the author's course that shows one clip after another. */
function findLesson(): { courseId: string; lessonId: string; version: number } {
  const stored = openStored(world);
  const found = stored
    .prepare(
      `select l.course_id courseId, l.id lessonId, l.version version
         from login_name n join course_author a on a.person_id = n.person_id
         join lesson l on l.course_id = a.course_id
        where n.login_name = ? and l.kind = 'video' and l.removed_at is null
        order by l.position, l.id limit 1`,
    )
    .get(AUTHOR) as ReturnType<typeof findLesson>;
  stored.close();
  return found;
}

async function upload(clip: Clip): Promise<string> {
  const bytes = readFileSync(makeClip(clip.name));
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const tus = { 'tus-resumable': '1.0.0' };
  const { courseId } = findLesson();
  const begun = await ask(world, '/api/uploads', {
    method: 'POST',
    cookie,
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${base64(clip.name)},courseId ${base64(courseId)}`,
    },
  });
  expect(begun.status).toBe(201);
  const address = new URL(begun.headers.get('location') ?? '', world.url);
  const sent = await fetch(address, {
    method: 'PATCH',
    headers: {
      ...tus,
      cookie,
      origin: world.url,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  });
  expect(sent.status).toBe(204);
  return address.pathname.split('/').at(-1) ?? '';
}

async function converted(id: string): Promise<MediaStatus> {
  for (;;) {
    const answer = await ask(world, `/api/media/${id}`, { cookie });
    const media = (await answer.json()) as MediaStatus;
    if (media.state === 'ready' || media.state === 'refused') return media;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function showInLesson(page: Page, mediaId: string): Promise<void> {
  const { courseId, lessonId, version } = findLesson();
  const path = `/teach/courses/${courseId}/lessons/${lessonId}`;
  const form = { intent: 'attach-media', version: String(version), mediaId };
  expect((await ask(world, path, { cookie, form })).status).toBe(200);
  await page.goto(world.url + path);
}

/** What the player shows once it has played, at double speed, almost to the end of a clip. */
async function watch(page: Page) {
  await page.getByRole('button', { name: '看一遍' }).click();
  await page.waitForFunction(
    () => {
      const video = document.querySelector('video');
      if (video !== null) video.playbackRate = 2;
      return video !== null && (video.ended || video.currentTime > video.duration - 0.4);
    },
    undefined,
    { timeout: 60_000 },
  );
  return page.evaluate(() => {
    const video = document.querySelector('video');
    if (!video) throw new Error('no video');
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 8;
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0, 8, 8);
    const sound = video as HTMLVideoElement & { webkitAudioDecodedByteCount: number };
    return {
      durationMs: video.duration * 1000,
      shape: video.videoWidth / video.videoHeight,
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
      soundBytes: sound.webkitAudioDecodedByteCount,
      top: [...(context?.getImageData(4, 1, 1, 1).data ?? [])],
    };
  });
}

const isPlayed = (clip: Clip): clip is Clip & { expected: ClipPlayed } => 'width' in clip.expected;

test('every kind of film plays in the browser: upright, whole, with its sound', async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const page = await browser.newPage({ locale: 'zh-CN', baseURL: world.url });
  const noises = listenForNoise(page);
  await signIn(page, AUTHOR);
  // All are there from the start: one is watched while the next are converted.
  const films: { clip: Clip & { expected: ClipPlayed }; id: string }[] = [];
  for (const clip of CLIPS.filter(isPlayed)) films.push({ clip, id: await upload(clip) });
  for (const { clip, id } of films) {
    await test.step(`${clip.kind}: ${clip.name}`, async () => {
      const { width, height, sound, redOnTop } = clip.expected;
      const media = await converted(id);
      expect(media.state).toBe('ready');
      await showInLesson(page, id);
      const seen = await watch(page);
      expect(Math.abs(seen.durationMs - media.durationMs)).toBeLessThan(LENGTH_MS);
      expect(Math.abs(seen.shape - width / height)).toBeLessThan(0.02);
      expect(seen.frames).toBeGreaterThan(5);
      expect(seen.soundBytes > 0).toBe(sound);
      if (redOnTop) expect((seen.top[0] ?? 0) - (seen.top[2] ?? 0)).toBeGreaterThan(100);
    });
  }
  expect(noises).toEqual([]);
  await page.close();
});

test('what cannot be played is refused in words', async ({ browser }) => {
  test.setTimeout(300_000);
  const page = await browser.newPage({ locale: 'zh-CN', baseURL: world.url });
  await signIn(page, AUTHOR);
  const { reason: words } = mediaMessages.zh;
  const { courseId } = findLesson();
  for (const clip of CLIPS) {
    if (isPlayed(clip) || clip.name === 'nothing.mp4') continue;
    const { reason } = clip.expected as { reason: keyof typeof words };
    expect((await converted(await upload(clip))).reason).toBe(reason);
    await page.goto(`/teach/courses/${courseId}`);
    const row = page.getByText(clip.name, { exact: true }).locator('xpath=ancestor::div[2]');
    await expect(row).toContainText('用不了');
    await expect(row).toContainText(words[reason]);
  }
  await page.close();
});
