import { describe, expect, test } from 'vitest';
import { checkRoster, readRoster, type RosterRow } from './roster-rows';

const header = { number: 1, cells: ['姓名', '手机号', '工号', '角色'] };
const row = (number: number, values: Partial<RosterRow['values']>): RosterRow => ({
  row: number,
  values: { name: '孙立明', phone: '', staffNumber: '', role: '', ...values },
  unread: {},
});

describe('a roster', () => {
  test('may carry a title, other columns and any order', () => {
    expect(
      readRoster([
        { number: 1, cells: ['海岱动力 2026 秋季名册'] },
        { number: 3, cells: ['序号', '手机号码（必填）', ' 姓 名 ', '班组'] },
        { number: 4, cells: ['1', '13600008812', '孙立明', '一班'] },
        { number: 9, cells: ['', '', '', ''] },
      ]),
    ).toEqual([row(4, { phone: '13600008812' })]);
  });

  test.each([
    ['has no header', [{ number: 1, cells: ['孙立明', '13600008812'] }], 'no-header'],
    ['has nothing to sign in with', [{ number: 1, cells: ['姓名', '班组'] }], 'no-header'],
    ['has nobody in it', [header], 'no-rows'],
    [
      'has more than a thousand rows',
      [header, ...Array.from({ length: 1001 }, (_, n) => ({ number: n + 2, cells: ['甲'] }))],
      'too-many-rows',
    ],
  ])('is refused when it %s', (_title, sheet, fault) => {
    expect(readRoster(sheet)).toBe(fault);
  });

  test('keeps cells that Excel computes or dates as unread', () => {
    const rows = readRoster([
      header,
      { number: 2, cells: ['孙立明', { not: 'formula' }, { not: 'date' }] },
    ]);
    if (typeof rows === 'string') throw new Error(rows);
    expect(checkRoster(rows)[0]?.faults).toEqual([
      { column: 'phone', reason: 'formula' },
      { column: 'staffNumber', reason: 'date' },
    ]);
  });
});

describe('a row of a roster', () => {
  test.each([
    [{ phone: '138 0000 204' }, { column: 'phone', reason: 'phone-short' }],
    [{ phone: '138000002041' }, { column: 'phone', reason: 'phone-long' }],
    [{ phone: '02800000204' }, { column: 'phone', reason: 'phone' }],
    [{ phone: '1.38E+10' }, { column: 'phone', reason: 'phone-short' }],
    [
      { name: '', phone: '13800000204' },
      { column: 'name', reason: 'name-missing' },
    ],
    [
      { name: 'x'.repeat(41), phone: '13800000204' },
      { column: 'name', reason: 'name' },
    ],
    [{ staffNumber: '一号' }, { column: 'staffNumber', reason: 'staff-number' }],
    [
      { phone: '13800000204', role: '校长' },
      { column: 'role', reason: 'role' },
    ],
    [{}, { column: 'phone', reason: 'no-login' }],
  ])('%j is refused with row, column and reason', (values, fault) => {
    expect(checkRoster([row(8, values)])).toMatchObject([
      { row: { row: 8 }, entry: undefined, faults: [fault] },
    ]);
  });

  test('is read in the spelling that is stored', () => {
    const values = {
      name: '张　伟',
      phone: '+86 138-0000-0204',
      staffNumber: 'Ａ１',
      role: '教师',
    };
    expect(checkRoster([row(2, values)])[0]?.entry).toEqual({
      name: '张伟',
      phone: '13800000204',
      staffNumber: 'a1',
      roles: ['instructor'],
    });
  });

  test('of a class is a learner whatever its role says', () => {
    const rows = [row(2, { phone: '13800000204', role: '校长' })];
    expect(checkRoster(rows, 'learner')[0]?.entry?.roles).toEqual(['learner']);
  });

  test('that repeats a phone or staff number names the row it clashes with', () => {
    const rows = [
      row(2, { phone: '13800000204', staffNumber: '1' }),
      row(3, { phone: '138 0000 0204' }),
      row(4, { phone: '13800000205', staffNumber: '1' }),
    ];
    expect(checkRoster(rows).map((checked) => checked.faults)).toEqual([
      [],
      [{ column: 'phone', reason: 'same-phone', other: 2 }],
      [{ column: 'staffNumber', reason: 'same-staff-number', other: 2 }],
    ]);
  });
});
