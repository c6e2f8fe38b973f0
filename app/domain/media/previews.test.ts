import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planPreviews, writePreviews } from './previews';

const film = (durationMs: number) => ({ durationMs, width: 1280, height: 720 });

test('a thumbnail every 5 s, 160 pixels wide, on sheets of ten by ten', () => {
  const plan = planPreviews(film(600_000));
  expect(plan).toMatchObject({ everySeconds: 5, count: 120, columns: 10, rows: 10 });
  expect(plan).toMatchObject({ width: 160, height: 90 });
  const cues = writePreviews(plan, 600_000, 2).trim().split('\n\n').slice(1);
  expect(cues[0]).toBe('00:00:00.000 --> 00:00:05.000\npreviews-1.jpg#xywh=0,0,160,90');
  expect(cues[99]).toBe('00:08:15.000 --> 00:08:20.000\npreviews-1.jpg#xywh=1440,810,160,90');
  expect(cues[119]).toBe('00:09:55.000 --> 00:10:00.000\npreviews-2.jpg#xywh=1440,90,160,90');
});

test('a short film gets one small sheet, one held upright narrow thumbnails', () => {
  expect(planPreviews(film(3000))).toMatchObject({ count: 1, columns: 1, rows: 1 });
  const upright = planPreviews({ durationMs: 60_000, width: 720, height: 1280 });
  expect(upright).toMatchObject({ width: 90, height: 160, columns: 10, rows: 2 });
});

test('long films have their thumbnails wider apart', () => {
  expect(planPreviews(film(3 * 3_600_000))).toMatchObject({ everySeconds: 20, count: 540 });
});

test('cues cover the film without a gap, each on a sheet that there is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 12 * 3_600_000 }), (durationMs) => {
      const plan = planPreviews(film(durationMs));
      const sheets = Math.ceil(plan.count / (plan.columns * plan.rows));
      const text = writePreviews(plan, durationMs, sheets);
      const cues = [...text.matchAll(/(\S+) --> (\S+)\n(\S+)/g)];
      expect(cues).toHaveLength(plan.count);
      expect(plan.count).toBeLessThanOrEqual(600);
      cues.slice(1).forEach((cue, n) => expect(cue[1]).toBe(cues[n]?.[2]));
      expect(cues.at(-1)?.[3]).toMatch(new RegExp(`^previews-${sheets}\\.jpg#`));
    }),
    { numRuns: 50 },
  );
});
