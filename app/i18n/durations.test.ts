import { expect, test } from 'vitest';
import { clockTime, spokenDay, spokenMinutes, spokenTime, timeOfDay } from './durations';

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [65_000, '1:05'],
  [3_600_000, '1:00:00'],
  [3_599_999, '59:59'],
])('%d ms on a clock is %s', (ms, text) => expect(clockTime(ms)).toBe(text));

test('a length is said in the reader’s words, without parts that are nothing', () => {
  expect(spokenTime(320_000, 'zh')).toBe('5 分 20 秒');
  expect(spokenTime(320_000, 'en')).toBe('5 min 20 s');
  expect(spokenTime(3_600_000, 'zh')).toBe('1 小时');
  expect(spokenTime(0, 'en')).toBe('0 s');
});

test('minutes are rounded down, and seconds appear while there is no minute yet', () => {
  expect(spokenMinutes(31 * 60_000 + 59_000, 'zh')).toBe('31 分');
  expect(spokenMinutes(45_900, 'zh')).toBe('45 秒');
});

test('a day needs no zone, a moment does', () => {
  expect(spokenDay('2026-12-20', 'zh')).toBe('12 月 20 日');
  expect(spokenDay('2026-12-20', 'en')).toBe('20 December');
  expect(timeOfDay(Date.parse('2026-11-22T16:05:00Z'), 'Asia/Shanghai')).toBe('00:05');
});
