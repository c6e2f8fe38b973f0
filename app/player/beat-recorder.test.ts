import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Beat } from './beat';
import { BeatRecorder, type Sample } from './beat-recorder';

const options = { beatEveryMs: 12_000, durationMs: 600_000 };
const at = (wallMs: number, mediaMs: number, more: Partial<Sample> = {}): Sample => ({
  wallMs,
  mediaMs,
  rate: 1,
  playing: true,
  visible: true,
  ...more,
});

/** Feeds samples and collects every beat, what is left open at the end included. */
function record(samples: readonly Sample[]): Beat[] {
  const recorder = new BeatRecorder(options);
  const ended = samples.map((sample) => recorder.sample(sample));
  return [...ended, recorder.cut()].filter((beat) => beat !== null);
}

const spans = (beats: readonly Beat[]) =>
  beats.map((b) => [b.wallFromMs, b.wallToMs, b.mediaFromMs, b.mediaToMs]);

describe('a beat ends', () => {
  test('every 12 s of steady play, and the next begins there', () => {
    const steady = Array.from({ length: 101 }, (_, n) => at(n * 250, 5000 + n * 250));
    expect(spans(record(steady))).toEqual([
      [0, 12_000, 5000, 17_000],
      [12_000, 24_000, 17_000, 29_000],
      [24_000, 25_000, 29_000, 30_000],
    ]);
  });

  test('not within the last second of the lesson, which joins the beat before', () => {
    const start = options.durationMs - 12_500;
    const steady = Array.from({ length: 50 }, (_, n) => at(n * 250, start + n * 250));
    const ended = at(12_500, options.durationMs, { playing: false });
    expect(spans(record([...steady, ended]))).toEqual([[0, 12_500, start, options.durationMs]]);
  });

  test('at a pause, where the media stood; the pause itself is in no beat', () => {
    const beats = record([
      at(0, 0),
      at(250, 250),
      at(400, 400, { playing: false }),
      at(60_000, 400),
      at(60_250, 650),
    ]);
    expect(spans(beats)).toEqual([
      [0, 400, 0, 400],
      [60_000, 60_250, 400, 650],
    ]);
  });

  test('at the last sample before a seek, forward or backward, even if nobody told of it', () => {
    const beats = record([at(0, 0), at(250, 250), at(500, 90_000), at(750, 90_250), at(1000, 40)]);
    expect(spans(beats)).toEqual([
      [0, 250, 0, 250],
      [500, 750, 90_000, 90_250],
    ]);
  });

  test('before a stall that came without an event', () => {
    const beats = record([at(0, 0), at(1000, 1000), at(9000, 1100), at(10_000, 2100)]);
    expect(spans(beats)).toEqual([
      [0, 1000, 0, 1000],
      [9000, 10_000, 1100, 2100],
    ]);
  });

  test('when the page goes out of sight, and says of each part whether it was seen', () => {
    const beats = record([
      at(0, 0),
      at(1000, 1000),
      at(1500, 1500, { visible: false }),
      at(3000, 3000, { visible: false }),
      at(4000, 4000),
      at(5000, 5000),
    ]);
    expect(beats.map((b) => [b.wallFromMs, b.wallToMs, b.visible])).toEqual([
      [0, 1500, true],
      [1500, 4000, false],
      [4000, 5000, true],
    ]);
  });

  test('at a change of speed, so that each beat is a straight line', () => {
    const fast = { rate: 2 };
    const beats = record([at(0, 0), at(1000, 1000, fast), at(2000, 3000, fast)]);
    expect(spans(beats)).toEqual([
      [0, 1000, 0, 1000],
      [1000, 2000, 1000, 3000],
    ]);
  });
});

test('a stretch that never advanced is no beat and takes no number', () => {
  const beats = record([at(0, 100), at(0, 100, { playing: false }), at(2000, 100), at(2250, 350)]);
  expect(beats.map((b) => b.seq)).toEqual([1]);
});

test('media is never reported beyond the length of the lesson', () => {
  const beats = record([at(0, 599_800), at(250, 600_050), at(300, 600_100, { playing: false })]);
  expect(spans(beats)).toEqual([[0, 300, 599_800, 600_000]]);
});

test('whatever the player does, beats are whole, apart, in order and numbered without gaps', () => {
  const step = fc.record({
    wall: fc.double({ min: 0, max: 4000, noNaN: true }),
    media: fc.double({ min: 0, max: 700_000, noNaN: true }),
    follows: fc.boolean(),
    playing: fc.boolean(),
    visible: fc.boolean(),
    rate: fc.constantFrom(1, 1.5, 2),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let wallMs = 0;
      let mediaMs = 0;
      const samples = steps.map(({ wall, media, follows, ...rest }) => {
        wallMs += wall;
        mediaMs = follows ? mediaMs + wall * rest.rate : media;
        return { wallMs, mediaMs, ...rest };
      });
      const beats = record(samples);
      beats.forEach((beat, index) => {
        expect(beat.seq).toBe(index + 1);
        expect(
          Object.values(beat).filter((v) => typeof v === 'number' && !Number.isInteger(v)),
        ).toEqual([]);
        expect(beat.wallToMs).toBeGreaterThan(beat.wallFromMs);
        expect(beat.mediaToMs).toBeGreaterThan(beat.mediaFromMs);
        expect(beat.mediaToMs).toBeLessThanOrEqual(options.durationMs);
        expect(beat.wallFromMs).toBeGreaterThanOrEqual(beats[index - 1]?.wallToMs ?? 0);
      });
    }),
  );
});
