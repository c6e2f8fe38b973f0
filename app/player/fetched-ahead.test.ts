import { expect, test } from 'vitest';
import { partAddress } from './fetched-ahead';

test('each part of a file has an address of its own, beside what its link carries', () => {
  expect(partAddress('/m/240/media.m4s?s=a', 'bytes=800-1799')).toBe(
    '/m/240/media.m4s?s=a&from=800',
  );
  expect(partAddress('/m/240/media.m4s', 'bytes=0-9')).toBe('/m/240/media.m4s?from=0');
  expect(partAddress('/m/240/index.m3u8', undefined)).toBe('/m/240/index.m3u8');
});
