import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  packAnswers,
  packBeats,
  unpackAnswers,
  unpackBeats,
  type SessionNumbers,
} from './beat-thread-messages';
import { STUDY_STATES, type BeatAnswer } from './domain/class-hours/record-beats.server';
import { CLAUSES } from './domain/class-hours/rule-set';
import type { WatchSession } from './domain/class-hours/watch-session.server';

const ms = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const beat = fc.record({
  seq: ms,
  wallFromMs: ms,
  wallToMs: ms,
  mediaFromMs: ms,
  mediaToMs: ms,
  visible: fc.boolean(),
});

const sessionOf = (id: number): WatchSession => ({
  id: `session ${id}`,
  personId: `person ${id}`,
  enrollmentId: '课',
  lessonId: '节',
  number: id,
  startedAt: 1_780_000_000_000 + id,
  durationMs: 2_700_000,
});
const post = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.array(beat, { maxLength: 4 }))
  .map(([id, beats]) => ({ session: sessionOf(id), beats }));

test('groups arrive as they were sent, whatever sessions the thread has heard of', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ms, fc.array(post, { maxLength: 6 }))), (groups) => {
      const numbers: SessionNumbers = new Map();
      const sessions: WatchSession[] = [];
      for (const [now, posts] of groups) {
        const sent = structuredClone(packBeats(now, posts, numbers));
        expect(unpackBeats(sent, sessions)).toEqual({ now, posts });
      }
      expect(sessions.length).toBe(numbers.size);
    }),
  );
});

test('a session is sent once, and again when there came so many that all are forgotten', () => {
  const numbers: SessionNumbers = new Map();
  const sessions: WatchSession[] = [];
  const send = (ids: number[]) => {
    const posts = ids.map((id) => ({ session: sessionOf(id), beats: [] }));
    const sent = packBeats(0, posts, numbers);
    expect(unpackBeats(sent, sessions).posts).toEqual(posts);
    return sent.sessions.length;
  };
  expect(send([1, 2])).toBe(2);
  expect(send([2, 3, 1])).toBe(1);
  send(Array.from({ length: 49_997 }, (_, index) => index + 4));
  expect(send([3])).toBe(1);
  expect(sessions.length).toBe(1);
});

test('answers arrive as they were given', () => {
  const answer: fc.Arbitrary<BeatAnswer> = fc.record({
    ackSeq: ms,
    creditedMs: fc.integer(),
    coveredMs: ms,
    spentMs: ms,
    creditedTodayMs: ms,
    complete: fc.boolean(),
    refusals: fc.array(fc.record({ seq: ms, clause: fc.constantFrom(...CLAUSES), ms }), {
      maxLength: 3,
    }),
    state: fc.constantFrom(...STUDY_STATES),
    presenceCheck: fc.constantFrom(null, {
      id: 'q',
      question: 'fruit',
      options: ['apple', 'bus'],
      answerWithinMs: 60_000,
    }),
  });
  fc.assert(
    fc.property(fc.array(answer), ms, (answers, reached) => {
      const sent = structuredClone(packAnswers(answers, reached));
      expect(unpackAnswers(sent)).toEqual({ answers, reached });
    }),
  );
});
