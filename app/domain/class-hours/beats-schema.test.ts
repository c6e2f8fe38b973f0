import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beatsBody, readPlainBeats } from './beats-schema';

const moment = fc.oneof(
  fc.integer({ min: -2, max: 20 }),
  fc.constantFrom(1.5, NaN, '3', null, undefined, 2 ** 53, 1_000_000_000, 400_000_000_000),
);
const beat = fc.record(
  {
    seq: moment,
    wallFromMs: moment,
    wallToMs: moment,
    mediaFromMs: moment,
    mediaToMs: moment,
    visible: fc.oneof(fc.boolean(), fc.constantFrom(0, 'true', null)),
    more: fc.anything(),
  },
  { requiredKeys: ['seq', 'wallFromMs', 'wallToMs', 'mediaFromMs', 'mediaToMs', 'visible'] },
);
const body = fc.oneof(
  fc.record({ beats: fc.array(beat, { maxLength: 2 }), more: fc.anything() }),
  fc.record({ beats: fc.anything() }),
  fc.anything(),
);

test('the quick reading of beats accepts what the schema accepts, and reads the same', () => {
  fc.assert(
    fc.property(body, (given) => {
      const parsed = beatsBody.safeParse(given);
      expect(readPlainBeats(given)).toEqual(parsed.success ? parsed.data.beats : undefined);
    }),
    { numRuns: 2_000 },
  );
});

const sound = { seq: 1, wallFromMs: 0, wallToMs: 9, mediaFromMs: 0, mediaToMs: 9, visible: true };

test('two hundred beats are read, and neither none nor one more', () => {
  const beats = (count: number) => ({ beats: Array.from({ length: count }, () => ({ ...sound })) });
  expect(readPlainBeats(beats(200))).toHaveLength(200);
  expect(readPlainBeats(beats(0))).toBeUndefined();
  expect(readPlainBeats(beats(201))).toBeUndefined();
});
