import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeArrival, refusedWhole, SessionArrivals, type SentBeat } from './arrival';

const beat = (seq: number, wallFromMs: number, wallToMs: number, visible = true): SentBeat => ({
  seq,
  wallFromMs,
  wallToMs,
  mediaFromMs: wallFromMs,
  mediaToMs: wallToMs,
  visible,
});

const anyBeat = fc
  .record({
    seq: fc.integer({ min: 1, max: 12 }),
    from: fc.nat(50),
    ms: fc.nat(10),
    seen: fc.boolean(),
  })
  .map(({ seq, from, ms, seen }) => beat(seq, from, from + ms, seen));

describe('a beat that arrives', () => {
  const stored = [beat(1, 0, 100), beat(2, 100, 100), beat(3, 200, 300)];
  it.each([
    ['fits a gap', beat(4, 100, 200), 'new'],
    ['is sent again', beat(3, 200, 300), 'repeat'],
    ['is empty and sent again', beat(2, 100, 100), 'repeat'],
    ['brings a stored seq with another visibility', beat(3, 200, 300, false), 'conflict'],
    ['brings the seq of an empty one with other times', beat(2, 100, 200), 'conflict'],
    ['overlaps by a millisecond', beat(4, 299, 400), 'overlap'],
    ['lies within a stored one', beat(4, 10, 20), 'overlap'],
    ['spans a stored one', beat(4, 150, 350), 'overlap'],
    ['is empty within a stored one', beat(4, 50, 50), 'new'],
    ['spans only an empty one', beat(4, 100, 150), 'new'],
  ] as const)('and %s', (_what, incoming, arrival) => {
    expect(judgeArrival(stored, incoming)).toBe(arrival);
    expect(new SessionArrivals(stored).judge(incoming)).toBe(arrival);
  });

  it('is refused with all of its time', () => {
    expect(refusedWhole(beat(4, 299, 400))).toEqual({ clause: 'overlap', ms: 101 });
  });

  it('is judged the same by the list and by the index', () => {
    fc.assert(
      fc.property(fc.array(anyBeat, { maxLength: 25 }), (beats) => {
        const list: SentBeat[] = [];
        const index = new SessionArrivals();
        for (const incoming of beats) {
          const arrival = judgeArrival(list, incoming);
          expect(index.admit(incoming)).toBe(arrival);
          if (arrival === 'new') list.push(incoming);
        }
        const seqs = new Set(list.map(({ seq }) => seq));
        expect(index.ackSeq()).toBe([...Array(13).keys()].findIndex((n) => !seqs.has(n + 1)));
      }),
    );
  });

  it('leaves the same evidence in whatever order and however often honest beats come', () => {
    const honest = fc.array(fc.tuple(fc.nat(5), fc.nat(10)), { maxLength: 12 }).map((steps) => {
      let wall = 0;
      return steps.map(([gap, ms], i) => {
        const from = wall + gap;
        wall = from + ms;
        return beat(i + 1, from, wall);
      });
    });
    const sentTwice = honest.chain((beats) =>
      fc.tuple(
        fc.constant(beats),
        fc.shuffledSubarray([...beats, ...beats], { minLength: beats.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(sentTwice, ([beats, arrivals]) => {
        const index = new SessionArrivals();
        const kept = arrivals.filter((incoming) => index.admit(incoming) === 'new');
        expect(kept.sort((a, b) => a.seq - b.seq)).toEqual(beats);
        expect(index.ackSeq()).toBe(beats.length);
      }),
    );
  });
});
