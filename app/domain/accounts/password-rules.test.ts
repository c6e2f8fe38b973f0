import { expect, test } from 'vitest';
import { faultOfPassword } from './password-rules';

const names = ['13800001234', 'worker01', 'hddl/88001234567'];

test.each([
  ['nine-char', 'short'],
  ['车间里的铁砧会唱歌', 'short'],
  ['车间里的铁砧会唱歌儿', undefined],
  ['x'.repeat(201), 'long'],
  ['13800001234', 'login-name'],
  ['+86 138 0000 1234', 'login-name'],
  ['88001234567', 'login-name'],
  ['worker012026', 'login-name'],
  ['1111111111', 'easy'],
  ['1212121212', 'easy'],
  ['1234567890', 'easy'],
  ['0987654321', 'easy'],
  ['abcdefghijk', 'easy'],
  ['qwertyuiop', 'easy'],
  ['anvil-sings-7', undefined],
  ['worker01 likes steel', undefined],
])('the password %j: %j', (password, fault) => {
  expect(faultOfPassword(password, names)).toBe(fault);
});
