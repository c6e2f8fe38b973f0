import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSections, shortTime, writeSections } from './sections';

test('sections are read as an author writes them, and sorted by time', () => {
  const text = '2:15 测量间隙\n\n0:00 准备\r\n1：02：03，拧紧 M12';
  expect(parseSections(text, 7_200_000)).toEqual({
    faults: [],
    sections: [
      { atMs: 0, title: '准备' },
      { atMs: 135_000, title: '测量间隙' },
      { atMs: 3_723_000, title: '拧紧 M12' },
    ],
  });
});

test('each line that cannot be a section is named', () => {
  const text = ['准备', '1:00', `2:00 ${'长'.repeat(41)}`, '9:00 外', '3:00 甲', '3:00 乙'].join(
    '\n',
  );
  expect(parseSections(text, 300_000).faults).toEqual([
    { line: 1, fault: 'no-time' },
    { line: 2, fault: 'no-title' },
    { line: 3, fault: 'long-title' },
    { line: 4, fault: 'outside' },
    { line: 6, fault: 'twice' },
  ]);
});

test('a time is written short', () => {
  expect([0, 135_000, 600_000, 3_723_000, 36_000_000, 135_500].map(shortTime)).toEqual([
    '0:00',
    '2:15',
    '10:00',
    '1:02:03',
    '10:00:00',
    '2:15.5',
  ]);
});

test('what was written is read again', () => {
  const section = fc.record({
    atMs: fc.integer({ min: 0, max: 86_399_999 }),
    title: fc.stringMatching(/^[a-z甲乙][a-z0-9 甲乙]{0,20}[a-z甲乙]$/),
  });
  const list = fc.uniqueArray(section, { selector: ({ atMs }) => atMs, maxLength: 20 });
  fc.assert(
    fc.property(list, (given) => {
      const sorted = [...given].sort((a, b) => a.atMs - b.atMs);
      expect(parseSections(writeSections(sorted), 0)).toEqual({ sections: sorted, faults: [] });
    }),
  );
});
