import { describe, expect, test } from 'vitest';
import {
  findPhone,
  normalizeLoginName,
  normalizePersonName,
  phoneSchema,
  staffLoginName,
  staffNumberSchema,
  userNameSchema,
} from './login-name';

describe('a login name', () => {
  test.each([
    ['13800001234', '13800001234'],
    ['+86 138 0000 1234', '13800001234'],
    ['86-138-0000-1234', '13800001234'],
    ['0086 13800001234', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ['＋８６　１３８　００００　１２３４', '13800001234'],
    ['138—0000—1234', '13800001234'],
    [' Worker01 ', 'worker01'],
    ['ＨＤＤＬ／Ａ１００１', 'hddl/a1001'],
    ['hddl / 1001', 'hddl/1001'],
    ['a-b', 'a-b'],
  ])('typed as %j is looked up as %j', (typed, stored) => {
    expect(normalizeLoginName(typed)).toBe(stored);
    expect(normalizeLoginName(stored)).toBe(stored);
  });

  test('of a staff number carries the short code, so two organizations may share a number', () => {
    expect(staffLoginName('HDDL', ' 1001 ')).toBe('hddl/1001');
    expect(staffLoginName('ydjs', '1001')).toBe('ydjs/1001');
  });

  test.each(['1380000123', '138000012345', '12800001234', '', '0536-8888888'])(
    '%j is no mobile number',
    (typed) => {
      expect(findPhone(typed)).toBeUndefined();
      expect(phoneSchema.safeParse(typed).success).toBe(false);
    },
  );

  test('of a user never looks like a phone or a staff number', () => {
    expect(userNameSchema.parse('Admin01')).toBe('admin01');
    for (const bad of ['13800001234', 'hddl/1001', 'ab', '张三丰', 'a'.repeat(33)])
      expect(userNameSchema.safeParse(bad).success).toBe(false);
    for (const bad of ['a/b', '', '一号', 'x'.repeat(25)])
      expect(staffNumberSchema.safeParse(bad).success).toBe(false);
  });
});

test('a name typed with the gap that aligns two characters is the same name', () => {
  expect(normalizePersonName('张　伟')).toBe('张伟');
  expect(normalizePersonName('张伟')).toBe('张伟');
  expect(normalizePersonName('  John   Smith ')).toBe('John Smith');
});
