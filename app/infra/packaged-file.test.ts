import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAGMENTED } from './ladder-arguments.server';
import {
  GrowingIndex,
  indexGrowingFile,
  indexPackagedFile,
  NothingToPlay,
} from './packaged-file.server';

const folder = mkdtempSync(join(tmpdir(), 'jiangxue-packaged-'));
const whole = join(folder, 'whole.m4s');
beforeAll(() => {
  execFileSync('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=20'],
    ...['-f', 'lavfi', '-i', 'sine=440:d=20', '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-pix_fmt', 'yuv420p', '-g', '50', '-bf', '2', '-c:a', 'aac', ...FRAGMENTED, whole],
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is read while it grows has the index that it has when it is whole', async () => {
  const path = join(folder, 'growing.m4s');
  const bytes = readFileSync(whole);
  const growing = new GrowingIndex(path);
  expect(await growing.readOn()).toBe(0);
  const step = Math.ceil(bytes.length / 23);
  for (let at = 0; at < bytes.length; at += step) {
    appendFileSync(path, bytes.subarray(at, at + step));
    await growing.readOn();
  }
  const index = await growing.finish();
  await growing.close();
  expect(index).toEqual(await indexPackagedFile(whole));
  expect(index.fragments).toHaveLength(10);
  expect(index.durationMs).toBe(20_000);
  const ends = index.fragments.map(({ offset, bytes: length }) => offset + length);
  const offsets = index.fragments.map(({ offset }) => offset);
  expect(offsets).toEqual([index.initBytes, ...ends.slice(0, -1)]);
});

test('one that nothing is written to, and one whose writer fails', async () => {
  const nothing = join(folder, 'nothing.m4s');
  await expect(indexPackagedFile(nothing)).rejects.toThrow(NothingToPlay);
  writeFileSync(nothing, '');
  await expect(indexPackagedFile(nothing)).rejects.toThrow(NothingToPlay);
  const failed = Promise.reject(new Error('the disk is full'));
  await expect(indexGrowingFile(nothing, failed)).rejects.toThrow('the disk is full');
});
