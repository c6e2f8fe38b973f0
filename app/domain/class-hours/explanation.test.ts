import { describe, expect, it } from 'vitest';
import { foldLesson } from './crediting';
import { explainLesson } from './explanation';
import type { Beat } from './rule-set';
import { law, session } from './testing-evidence';

const START = Date.parse('2026-03-02T23:59:40+08:00');
const evening = session(1, START);

/** Ten seconds at 1x, arrived in time. */
const tenSeconds = (
  seq: number,
  wallFromMs: number,
  mediaFromMs: number,
  visible = true,
): Beat => ({
  seq,
  wallFromMs,
  wallToMs: wallFromMs + 10_000,
  mediaFromMs,
  mediaToMs: mediaFromMs + 10_000,
  visible,
  arrivedAt: START + wallFromMs + 10_000,
});

const playsOf = (beats: Beat[]) =>
  explainLesson(foldLesson([evening], new Map([[evening.id, beats]]), law())).plays.map((play) => [
    (play.wallFrom - START) / 1000,
    (play.wallTo - START) / 1000,
    play.mediaFromMs / 1000,
    play.mediaToMs / 1000,
    play.creditedMs / 1000,
    play.refusals.map(({ clause, ms }) => `${clause} ${ms}`).join(),
  ]);

describe('an explanation', () => {
  it.each<[string, Beat[], unknown[]]>([
    [
      'joins beats that follow each other',
      [tenSeconds(1, 0, 0), tenSeconds(2, 10_000, 10_000)],
      [[0, 20, 0, 20, 20, '']],
    ],
    [
      'joins them over a gap of a second',
      [tenSeconds(1, 20_000, 0), tenSeconds(2, 31_000, 10_100)],
      [[20, 41, 0, 20.1, 20, '']],
    ],
    [
      'parts them at a seek',
      [tenSeconds(1, 0, 0), tenSeconds(2, 10_000, 60_000)],
      [
        [0, 10, 0, 10, 10, ''],
        [10, 20, 60, 70, 10, ''],
      ],
    ],
    [
      'parts them at a longer gap',
      [tenSeconds(1, 20_000, 0), tenSeconds(2, 31_001, 10_000)],
      [
        [20, 30, 0, 10, 10, ''],
        [31.001, 41.001, 10, 20, 10, ''],
      ],
    ],
    [
      'parts them where the page was hidden',
      [tenSeconds(1, 0, 0), tenSeconds(2, 10_000, 10_000, false)],
      [
        [0, 10, 0, 10, 10, ''],
        [10, 20, 10, 20, 0, 'visible 10000'],
      ],
    ],
    [
      'joins what was refused for one reason',
      [tenSeconds(1, 0, 0, false), tenSeconds(2, 10_000, 10_000, false)],
      [[0, 20, 0, 20, 0, 'visible 20000']],
    ],
    [
      'parts a play at midnight',
      [tenSeconds(1, 15_000, 0)],
      [
        [15, 20, 0, 5, 5, ''],
        [20, 25, 5, 10, 5, ''],
      ],
    ],
    [
      'shows what was played again, and that it adds nothing',
      [tenSeconds(1, 0, 0), tenSeconds(2, 10_000, 0)],
      [
        [0, 10, 0, 10, 10, ''],
        [10, 20, 0, 10, 0, ''],
      ],
    ],
    ['has nothing to say of nothing', [], []],
  ])('%s', (_what, beats, plays) => {
    expect(playsOf(beats)).toEqual(plays);
  });
});
