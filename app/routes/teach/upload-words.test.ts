import { expect, test } from 'vitest';
import { createSpeedometer, sayBytes, sayLength, timeLeft } from './upload-words';

test.each([
  [12, '12 B'],
  [999_600, '1.0 MB'],
  [1_800_000_000, '1.8 GB'],
  [9_960_000_000, '10 GB'],
  [320_400_000, '320 MB'],
  [504_961, '505 kB'],
])('%i bytes are %s', (bytes, said) => {
  expect(sayBytes(bytes)).toBe(said);
});

test('the time left is said in whole minutes', () => {
  expect(timeLeft(240e6, 1e6)).toEqual({ hours: 0, minutes: 4 });
  expect(timeLeft(10e6, 1e6)).toEqual({ hours: 0, minutes: 0 });
  expect(timeLeft(7320e6, 1e6)).toEqual({ hours: 2, minutes: 2 });
  expect(timeLeft(1, 0)).toBeUndefined();
});

test('lengths are clock times', () => {
  expect([sayLength(39_855), sayLength(1_680_000), sayLength(3_723_000)]).toEqual([
    '0:40',
    '28:00',
    '1:02:03',
  ]);
});

test('speed is that of the last 15 s, and starts anew when an upload starts anew', () => {
  const speed = createSpeedometer();
  expect(speed(0, 0)).toBe(0);
  expect(speed(1000, 1000)).toBe(1000);
  expect(speed(1000, 20_000)).toBe(0);
  expect(speed(3000, 21_000)).toBe(2000);
  expect(speed(500, 22_000)).toBe(0);
});
