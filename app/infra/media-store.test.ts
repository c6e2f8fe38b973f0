import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openMediaStore, type MediaStore } from './media-store.server';
import { openTestBucket, type TestBucket } from './testing-bucket';

const folder = mkdtempSync(join(tmpdir(), 'jiangxue-stores-'));
const LARGE = Buffer.alloc(20 * 1024 * 1024, 'motor');
let bucket: TestBucket;
let count = 0;

beforeAll(async () => {
  bucket = await openTestBucket();
});
afterAll(async () => {
  await bucket.close();
  rmSync(folder, { recursive: true, force: true });
});

const kinds: [string, () => MediaStore][] = [
  ['in a folder', () => openMediaStore(`file:${join(folder, `store-${(count += 1)}`)}`)],
  ['in a bucket', () => openMediaStore(bucket.url(), join(folder, `data-${(count += 1)}`))],
];

async function listAll(store: MediaStore): Promise<[string, number][]> {
  const found: [string, number][] = [];
  for await (const { key, bytes } of store.list()) found.push([key, bytes]);
  return found.sort();
}

/** A finished work folder with these files, their text by name. */
async function work(store: MediaStore, files: Record<string, string | Buffer>): Promise<string> {
  const directory = await store.workDirectory(`work-${(count += 1)}`);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

describe.each(kinds)('a media store %s', (_kind, open) => {
  const store = () => open();

  test('gives back what was written, whole and in parts', async () => {
    const media = store();
    await media.write('m1/master.m3u8', '#EXTM3U 你好\n');
    await media.write('m1/a.m4s', Buffer.from('0123456789'));
    expect(await media.readText('m1/master.m3u8')).toBe('#EXTM3U 你好\n');
    expect(await media.size('m1/a.m4s')).toBe(10);
    expect((await media.stat('m1/a.m4s'))?.modifiedAt).toBeGreaterThan(Date.now() - 60_000);
    expect((await buffer(media.read('m1/a.m4s'))).toString()).toBe('0123456789');
    const part = await buffer(media.read('m1/a.m4s', { start: 3, end: 5 }));
    expect(part.toString()).toBe('345');
    await media.write('m1/a.m4s', 'other');
    expect(await media.readText('m1/a.m4s')).toBe('other');
  });

  test('knows what it does not have', async () => {
    const media = store();
    expect(await media.size('m1/none.m4s')).toBeUndefined();
    expect(await media.stat('m1')).toBeUndefined();
    expect(await media.readText('m1/none.m3u8')).toBeUndefined();
    await expect(buffer(media.read('m1/none.m4s'))).rejects.toThrow();
    await media.remove('m1');
    expect(await listAll(media)).toEqual([]);
  });

  test('takes a rendition whole, in place of the one before it', async () => {
    const media = store();
    const first = await work(media, { 'index.m3u8': 'a', 'media.m4s': 'aa', 'old/left.jpg': 'x' });
    await media.adopt('m1/480', first);
    const second = await work(media, { 'index.m3u8': 'b', 'media.m4s': 'bbb' });
    await media.adopt('m1/480', second);
    expect(existsSync(second)).toBe(false);
    expect(await listAll(media)).toEqual([
      ['m1/480/index.m3u8', 1],
      ['m1/480/media.m4s', 3],
    ]);
    expect(await media.readText('m1/480/media.m4s')).toBe('bbb');
  });

  test('shows at once what is to be settled later', async () => {
    const media = store();
    const files = { 'index.m3u8': 'a', 'media.m4s': 'aa' };
    await media.adopt('m1/480', await work(media, files), 'later');
    const still = await work(media, { 'poster.jpg': 'p' });
    await media.adoptFile('m1/poster.jpg', join(still, 'poster.jpg'), 'later');
    await media.write('m1/master.m3u8', '480', 'later');
    const shown = await listAll(media);
    expect(shown.map(([key]) => key)).toEqual([
      'm1/480/index.m3u8',
      'm1/480/media.m4s',
      'm1/master.m3u8',
      'm1/poster.jpg',
    ]);
    await media.settle('m1');
    expect(await listAll(media)).toEqual(shown);
  });

  test('takes a large file and gives back exactly its bytes', async () => {
    const media = store();
    const directory = await work(media, { 'media.m4s': LARGE });
    await media.adoptFile('m1/1080/media.m4s', join(directory, 'media.m4s'));
    expect(existsSync(join(directory, 'media.m4s'))).toBe(false);
    expect(await media.size('m1/1080/media.m4s')).toBe(LARGE.length);
    expect((await buffer(media.read('m1/1080/media.m4s'))).equals(LARGE)).toBe(true);
    const from = 15 * 1024 * 1024;
    const range = { start: from, end: from + 99 };
    const part = await buffer(media.read('m1/1080/media.m4s', range));
    expect(part.equals(LARGE.subarray(from, from + 100))).toBe(true);
  });

  test('removes one object or a whole media, and nothing of its neighbours', async () => {
    const media = store();
    for (const key of ['m1/a.vtt', 'm1/480/media.m4s', 'm10/a.vtt']) await media.write(key, 'x');
    await media.remove('m1/a.vtt');
    expect(await listAll(media)).toEqual([
      ['m1/480/media.m4s', 1],
      ['m10/a.vtt', 1],
    ]);
    await media.remove('m1');
    expect(await listAll(media)).toEqual([['m10/a.vtt', 1]]);
  });

  test.each(['../a', '/etc/passwd', 'm1/../../a', 'm1//a', 'm1/.hidden', 'm1\\a', '', 'm1/a b'])(
    'refuses the key %j',
    async (key) => {
      const media = store();
      await expect((async () => media.write(key, 'x'))()).rejects.toThrow('not a media key');
      await expect((async () => media.stat(key))()).rejects.toThrow('not a media key');
      await expect((async () => buffer(media.read(key)))()).rejects.toThrow('not a media key');
      await expect((async () => media.remove(key))()).rejects.toThrow('not a media key');
    },
  );

  test('keeps uploads and work in a local folder, and can be asked whether it works', async () => {
    const media = store();
    await media.check();
    const directory = await work(media, { 'a.txt': 'x' });
    expect(directory.startsWith(folder)).toBe(true);
    expect(media.uploads.startsWith(folder)).toBe(true);
    await media.removeWork(directory.split('/').at(-1) ?? '');
    expect(existsSync(directory)).toBe(false);
    expect(await media.freeBytes()).toBeGreaterThan(1_000_000);
  });
});

describe('a bucket', () => {
  const address = () => openMediaStore(bucket.url(), join(folder, 'addresses'));

  test('opens an object to whoever has its address, in parts too, from another site', async () => {
    const media = address();
    await media.write('m1/480/media.m4s', '0123456789');
    const url = await media.addressOf('m1/480/media.m4s', 45);
    expect(new URL(url).origin).toBe(media.origin);
    const headers = { range: 'bytes=2-4', origin: 'https://train.example.org' };
    const answer = await fetch(url, { headers });
    expect([answer.status, await answer.text()]).toEqual([206, '234']);
    expect(answer.headers.get('content-type')).toBe('video/iso.segment');
    expect(answer.headers.get('access-control-allow-origin')).toMatch(/\*|train/);
  });

  test('opens nothing by an address whose time is over', async () => {
    const media = address();
    await media.write('m1/480/media.m4s', 'x');
    const url = await media.addressOf('m1/480/media.m4s', 1);
    const other = await media.addressOf('m2/480/media.m4s', 1);
    const signature = (of: string) => new URL(of).searchParams.get('X-Amz-Signature');
    expect(signature(url)).not.toBe(signature(other));
    await vi.waitFor(async () => expect((await fetch(url)).status).toBe(403), {
      timeout: 10_000,
      interval: 500,
    });
  });

  test('that does not exist fails its check', async () => {
    const url = bucket.url().replace('s3://media', 's3://nowhere');
    await expect(openMediaStore(url, join(folder, 'nowhere')).check()).rejects.toThrow();
  });

  test('sends a rendition before the playlist that names it', async () => {
    const media = address();
    const directory = await work(media, { 'index.m3u8': 'a', 'media.m4s': 'b' });
    await media.adopt('m3/480', directory);
    const [list, part] = [
      await media.stat('m3/480/index.m3u8'),
      await media.stat('m3/480/media.m4s'),
    ];
    expect(list?.modifiedAt).toBeGreaterThanOrEqual(part?.modifiedAt ?? Infinity);
  });
});

test('a bucket without a local folder for uploads is a mistake of ours', () => {
  expect(() => openMediaStore(bucket.url())).toThrow('local folder');
});
