import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BeatRecorder } from '../../player/beat-recorder';
import { DEFAULT_ZONE } from '../class-hours/platform-day';
import {
  CLOSE_MS,
  EVEN_BEATS,
  isQuick,
  longestEvenRun,
  nearness,
  nightParts,
  wrongRuns,
  type TimedBeat,
} from './rules';

const MINUTE = 60_000;
/** 2026-11-10 00:00 in Shanghai. */
const MIDNIGHT = Date.parse('2026-11-09T16:00:00Z');

/** Beats as a script sends them: all alike, each `lateMs` after it ended. */
function scripted(count: number, lengthMs = 12_000, lateMs = 80): TimedBeat[] {
  return Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    wallFromMs: index * lengthMs,
    wallToMs: (index + 1) * lengthMs,
    mediaFromMs: index * lengthMs,
    mediaToMs: (index + 1) * lengthMs,
    arrivedAt: MIDNIGHT + (index + 1) * lengthMs + lateMs,
  }));
}

/** What the real recorder makes of a player whose timer, video clock and line are as unsteady as these draw. */
function played(
  minutes: number,
  draw: () => number,
  jitter: { timerMs: number; videoMs: number; lineMs: number },
): TimedBeat[] {
  const recorder = new BeatRecorder({ beatEveryMs: 12_000, durationMs: minutes * MINUTE });
  const beats: TimedBeat[] = [];
  const phase = draw();
  for (let tick = 0; tick * 250 < minutes * MINUTE; tick += 1) {
    const wallMs = tick * 250 + phase + draw() * jitter.timerMs;
    const mediaMs = wallMs + draw() * jitter.videoMs;
    const beat = recorder.sample({ wallMs, mediaMs, rate: 1, playing: true, visible: true });
    if (!beat) continue;
    const arrivedAt = MIDNIGHT + Math.round(wallMs + 70 + draw() * jitter.lineMs);
    beats.push({ ...beat, arrivedAt });
  }
  return beats;
}

/** A small reproducible source of numbers from 0 to below 1. */
function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('beats without variance', () => {
  test('a script that sends the same beat for eight minutes is worth a look', () => {
    expect(longestEvenRun(scripted(EVEN_BEATS))).toEqual({
      beats: EVEN_BEATS,
      lengthMs: 12_000,
      wallFromMs: 0,
      wallToMs: EVEN_BEATS * 12_000,
    });
    expect(longestEvenRun(scripted(EVEN_BEATS - 1))).toBeUndefined();
  });

  test('the longest run is told, wherever it lies', () => {
    const beats = scripted(150).map((beat, index) =>
      index === 50 ? { ...beat, mediaToMs: beat.mediaToMs - 3 } : beat,
    );
    expect(longestEvenRun(beats)).toMatchObject({ beats: 99, wallFromMs: 51 * 12_000 });
  });

  test('one odd beat, one late arrival or one missing number ends a run', () => {
    const middle = 30;
    const change = (to: (beat: TimedBeat) => TimedBeat) =>
      scripted(60).map((beat, index) => (index === middle ? to(beat) : beat));
    expect(longestEvenRun(scripted(60))).toBeDefined();
    const odd = change((beat) => ({ ...beat, mediaToMs: beat.mediaToMs + 1 }));
    expect(longestEvenRun(odd)).toBeUndefined();
    const late = change((beat) => ({ ...beat, arrivedAt: beat.arrivedAt + 400 }));
    expect(longestEvenRun(late)).toBeUndefined();
    const gap = scripted(60).filter((_, index) => index !== middle);
    expect(longestEvenRun(gap)).toBeUndefined();
  });

  test('a queue that comes in one request says nothing about regularity', () => {
    const queued = scripted(150).map((beat) => ({ ...beat, arrivedAt: MIDNIGHT + 3_600_000 }));
    expect(longestEvenRun(queued)).toBeUndefined();
  });

  test('no lesson played by a person is signalled, on a calm desk or a busy phone', () => {
    const jitters = fc.record({
      timerMs: fc.double({ min: 0.1, max: 30, noNaN: true }),
      videoMs: fc.double({ min: 0.1, max: 40, noNaN: true }),
      lineMs: fc.double({ min: 5, max: 400, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer(), jitters, (seed, jitter) => {
        const beats = played(45, drawFrom(seed), jitter);
        expect(beats.length).toBeGreaterThan(100);
        expect(longestEvenRun(beats)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe('two accounts on one device', () => {
  const mine = { fromAt: MIDNIGHT, toAt: MIDNIGHT + 20 * MINUTE };
  const from = (fromAt: number) => ({ fromAt, toAt: fromAt + 20 * MINUTE });

  test('at once, shortly after one another, or in turns', () => {
    expect(nearness(mine, from(MIDNIGHT + 5 * MINUTE))).toBe('overlapping');
    expect(nearness(mine, from(mine.toAt + 2 * MINUTE))).toBe('close');
    expect(nearness(mine, from(mine.toAt + CLOSE_MS + 1))).toBe('apart');
  });

  test('it is the same seen from the other account', () => {
    fc.assert(
      fc.property(fc.integer({ min: -7_200_000, max: 7_200_000 }), (shift) => {
        const other = from(MIDNIGHT + shift);
        expect(nearness(mine, other)).toBe(nearness(other, mine));
      }),
    );
  });
});

describe('night study', () => {
  const beat = (fromMs: number, toMs: number): TimedBeat => ({
    seq: 1,
    wallFromMs: fromMs,
    wallToMs: toMs,
    mediaFromMs: 0,
    mediaToMs: toMs - fromMs,
    arrivedAt: 0,
  });

  test('is what lies between midnight and five, for each night by itself', () => {
    const startedAt = MIDNIGHT - 60 * MINUTE;
    const session = { startedAt, endedAt: null };
    const all = [beat(0, 7 * 60 * MINUTE), beat(24 * 60 * MINUTE, 26 * 60 * MINUTE)];
    expect(nightParts(all, session, DEFAULT_ZONE)).toEqual([
      { day: '2026-11-10', fromAt: MIDNIGHT, toAt: MIDNIGHT + 300 * MINUTE, ms: 300 * MINUTE },
      {
        day: '2026-11-11',
        fromAt: MIDNIGHT + 1_440 * MINUTE,
        toAt: MIDNIGHT + 1_500 * MINUTE,
        ms: 60 * MINUTE,
      },
    ]);
  });

  test('an evening and an early morning are no night, and nothing counts after another player took over', () => {
    const evening = { startedAt: MIDNIGHT - 60 * MINUTE, endedAt: null };
    expect(nightParts([beat(0, 60 * MINUTE)], evening, DEFAULT_ZONE)).toEqual([]);
    const morning = { startedAt: MIDNIGHT + 300 * MINUTE, endedAt: null };
    expect(nightParts([beat(0, 60 * MINUTE)], morning, DEFAULT_ZONE)).toEqual([]);
    const takenOver = { startedAt: MIDNIGHT, endedAt: MIDNIGHT + 10 * MINUTE };
    const [part] = nightParts([beat(0, 60 * MINUTE)], takenOver, DEFAULT_ZONE);
    expect(part?.ms).toBe(10 * MINUTE);
  });

  test('is never more than what was played', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 48 * 3_600_000 }),
        fc.integer({ min: 0, max: 48 * 3_600_000 }),
        (shift, length) => {
          const session = { startedAt: MIDNIGHT + shift, endedAt: null };
          const parts = nightParts([beat(0, length)], session, DEFAULT_ZONE);
          const ms = parts.reduce((sum, part) => sum + part.ms, 0);
          expect(ms).toBeLessThanOrEqual(length);
          for (const part of parts) expect(part.ms).toBe(part.toAt - part.fromAt);
        },
      ),
    );
  });
});

describe('presence answers', () => {
  const answer = (number: number, tookMs: number, right = true) => ({
    checkId: 'check',
    number,
    askedAt: MIDNIGHT,
    answeredAt: MIDNIGHT + tookMs,
    right,
  });

  test('within a second of a check’s first question is too soon to have read it', () => {
    expect(isQuick(answer(1, 640))).toBe(true);
    expect(isQuick(answer(1, 1_000))).toBe(false);
  });

  test('a later question can be read while its pause runs, and so be answered at once', () => {
    expect(isQuick(answer(2, 40))).toBe(false);
  });

  test('three wrong in a row are worth a look, two and one are not', () => {
    const right = answer(1, 5_000);
    const wrong = answer(1, 5_000, false);
    expect(wrongRuns([wrong, wrong, right, wrong])).toEqual([]);
    expect(wrongRuns([wrong, wrong, wrong, wrong, right, wrong, wrong, wrong])).toEqual([
      [wrong, wrong, wrong, wrong],
      [wrong, wrong, wrong],
    ]);
  });
});
