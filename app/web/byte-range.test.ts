import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readByteRange } from './byte-range';

test('whatever is asked for, the answer lies inside the file', () => {
  const ends = fc.option(fc.nat(3000), { nil: '' as const });
  fc.assert(
    fc.property(ends, ends, fc.nat(2000), (first, last, size) => {
      const range = readByteRange(`bytes=${first}-${last}`, size);
      if (typeof range === 'string') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.start).toBeLessThanOrEqual(range.end);
      expect(range.end).toBeLessThan(size);
    }),
  );
});

test.each([
  undefined,
  '',
  'bytes=',
  'bytes=-',
  'bytes=a-b',
  'bytes=1-2,4-5',
  'bytes=9999999999999999-',
])('%s is no range we know: the whole file is sent', (header) => {
  expect(readByteRange(header, 10)).toBe('whole');
});
