import { describe, expect, it } from 'vitest';
import { openIntervals, type StatusFact } from './open-intervals';

const at = (iso: string) => Date.parse(iso);
const ZONE = 'Asia/Shanghai';
const START = at('2026-03-01T00:00:00+08:00');
const END = at('2026-03-11T00:00:00+08:00');
const fact = (status: StatusFact['status'], iso: string): StatusFact => ({
  status,
  fromAt: at(iso),
});

describe('time can count', () => {
  it.each([
    [
      'from the first midnight to the last for who was enrolled before',
      [fact('enrolled', '2026-02-01T00:00Z')],
      [[START, END]],
    ],
    ['never for who only applied', [fact('applied', '2026-02-01T00:00Z')], []],
    [
      'on after completion, as one stretch',
      [fact('enrolled', '2026-03-02T00:00Z'), fact('completed', '2026-03-05T00:00Z')],
      [[at('2026-03-02T00:00Z'), END]],
    ],
    [
      'not between withdrawal and return',
      [
        fact('enrolled', '2026-02-01T00:00Z'),
        fact('withdrawn', '2026-03-03T00:00Z'),
        fact('enrolled', '2026-03-07T00:00Z'),
      ],
      [
        [START, at('2026-03-03T00:00Z')],
        [at('2026-03-07T00:00Z'), END],
      ],
    ],
  ])('%s', (_what, statuses, expected) => {
    expect(openIntervals('2026-03-01', '2026-03-10', statuses, ZONE)).toEqual(expected);
  });
});
