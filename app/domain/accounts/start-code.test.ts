import { expect, test } from 'vitest';
import {
  parseStartCode,
  showStartCode,
  START_CODE_ALPHABET,
  START_CODE_LENGTH,
} from './start-code';

test('a start code carries at least 50 bits and no character that looks like another', () => {
  expect(START_CODE_LENGTH * Math.log2(START_CODE_ALPHABET.length)).toBeGreaterThan(50);
  expect(START_CODE_ALPHABET).not.toMatch(/[01ILO]/);
  expect(new Set(START_CODE_ALPHABET).size).toBe(START_CODE_ALPHABET.length);
});

test.each(['K7QM-2XHD-9PTW', 'k7qm2xhd9ptw', ' k7qm 2xhd 9ptw ', 'Ｋ７ＱＭ－２ＸＨＤ－９ＰＴＷ'])(
  'typed as %j it is the same code',
  (typed) => expect(parseStartCode(typed)).toBe('K7QM2XHD9PTW'),
);

test.each(['K7QM-2XHD-9PT', 'K7QM-2XHD-9PTWX', 'K7QM-2XHD-9PT0', ''])('%j is none', (typed) => {
  expect(parseStartCode(typed)).toBeUndefined();
});

test('it is shown in groups of four', () => {
  expect(showStartCode('K7QM2XHD9PTW')).toBe('K7QM-2XHD-9PTW');
});
