import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestFile, followFile } from './file-digest.server';

const folder = mkdtempSync(join(tmpdir(), 'jiangxue-digest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (...parts: Buffer[]) =>
  createHash('sha256').update(Buffer.concat(parts)).digest('hex');

test('a file that grew while it was followed has the digest of all of it', async () => {
  const path = join(folder, 'film');
  const parts = [3_000_000, 1, 5_000_000].map((size) => randomBytes(size));
  for (const part of parts) {
    appendFileSync(path, part);
    followFile(path);
  }
  expect(await digestFile(path)).toBe(sha256(...parts));
});

test('large files are read in turns, and each gets its own', async () => {
  const paths = ['one', 'two', 'three'].map((name) => join(folder, name));
  const contents = paths.map((_path, n) => randomBytes(40_000_000 + n));
  contents.forEach((content, n) => writeFileSync(paths[n] ?? '', content));
  const digests = await Promise.all(paths.map((path) => digestFile(path)));
  expect(digests).toEqual(contents.map((content) => sha256(content)));
});

test('one that became shorter is read from its start', async () => {
  const path = join(folder, 'replaced');
  writeFileSync(path, randomBytes(2_000_000));
  followFile(path);
  await digestFile(join(folder, 'film'));
  const shorter = randomBytes(1_000_000);
  writeFileSync(path, shorter);
  expect(await digestFile(path)).toBe(sha256(shorter));
});

test('a file that is gone has none', async () => {
  followFile(join(folder, 'nothing'));
  expect(await digestFile(join(folder, 'nothing'))).toBeUndefined();
});
