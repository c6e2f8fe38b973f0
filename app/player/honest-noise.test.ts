import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLesson } from '~/domain/class-hours/crediting';
import type { LessonLaw, WatchSessionFact } from '~/domain/class-hours/rule-set';
import { BeatRecorder } from './beat-recorder';

const STARTED_AT = Date.UTC(2026, 10, 25, 1);
const DAY = 86_400_000;
const SAMPLE_MS = 250;

const law: LessonLaw = {
  ruleSets: [
    {
      fromDay: null,
      ruleSet: {
        name: '国标',
        version: 1,
        maxSpeed: 1,
        minutesPerClassHour: 45,
        requireVisible: true,
        dailyCapMs: null,
        offlineAllowanceMs: 1_800_000,
        presence: null,
      },
    },
  ],
  openIntervals: [[STARTED_AT - DAY, STARTED_AT + DAY]],
  held: [],
  zone: 'Asia/Shanghai',
};

/**
 * What a whole lesson played at 1x is credited through the player's own recorder. `misread` is by how much each
 * position is misread, in turn, but where the media stands still, before and at its end; the device's clock runs
 * `drift` faster than the server's (0.0005 is 500 ppm).
 */
function creditOf(viewing: { durationMs: number; misread: number[]; drift: number }): number {
  const { durationMs, misread, drift } = viewing;
  const recorder = new BeatRecorder({ beatEveryMs: 12_000, durationMs });
  const beats = [];
  for (let read = 0; ; read += 1) {
    const wallMs = Math.min(read * SAMPLE_MS, durationMs);
    const ended = wallMs === durationMs;
    const noise = read === 0 || ended ? 0 : (misread[read % misread.length] ?? 0);
    const mediaMs = wallMs + noise;
    const beat = recorder.sample({ wallMs, mediaMs, rate: 1, playing: !ended, visible: true });
    const sentAt = STARTED_AT + Math.floor(wallMs / (1 + drift));
    if (beat) beats.push({ ...beat, arrivedAt: sentAt + 40 });
    if (ended) break;
  }
  const session: WatchSessionFact = {
    id: 'one',
    number: 1,
    startedAt: STARTED_AT,
    endedAt: null,
    durationMs,
    inTouch: [[STARTED_AT, STARTED_AT + DAY]],
  };
  return foldLesson([session], new Map([['one', beats]]), law).creditedMs;
}

const lesson = fc.integer({ min: 60_000, max: 600_000 });

for (const noiseMs of [20, 120]) {
  test(`positions misread by up to ${noiseMs} ms cost an honest learner under 0.2 s a lesson`, () => {
    const misread = fc.array(fc.integer({ min: -noiseMs, max: noiseMs }), { minLength: 7 });
    fc.assert(
      fc.property(lesson, misread, (durationMs, noise) => {
        const creditedMs = creditOf({ durationMs, misread: noise, drift: 0 });
        expect(durationMs - creditedMs).toBeLessThan(200);
        expect(creditedMs).toBeLessThanOrEqual(durationMs);
      }),
      { numRuns: 1000 },
    );
  });
}

test('a device clock that drifts by up to 500 ppm costs an honest learner nothing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60_000, max: 2_700_000 }),
      fc.integer({ min: -500, max: 500 }),
      (durationMs, ppm) => {
        const drift = ppm / 1_000_000;
        expect(creditOf({ durationMs, misread: [0], drift })).toBe(durationMs);
      },
    ),
    { numRuns: 1000 },
  );
});
