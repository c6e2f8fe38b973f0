import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foreseeMove, type EarnedHours, type HeldLesson } from './course-move';

const lesson = (id: string, durationMs: number): HeldLesson => ({
  id,
  title: id,
  kind: durationMs > 0 ? 'video' : 'article',
  durationMs,
});
const hours = (lessonId: string, personId: string, ms: number, complete = false): EarnedHours => ({
  ...{ lessonId, personId, complete },
  ...{ creditedMs: ms, coveredMs: ms },
});

test('a newer version shows what comes, what goes and what gets another length', () => {
  const before = [lesson('a', 100), lesson('b', 200), lesson('c', 0)];
  const after = [lesson('a', 150), lesson('c', 0), lesson('d', 300)];
  const earned = [
    hours('a', '孙立明', 100, true),
    hours('a', '李秀兰', 145, true),
    hours('b', '孙立明', 40),
    hours('b', '李秀兰', 0),
  ];
  expect(foreseeMove(before, after, earned)).toEqual({
    added: [lesson('d', 300)],
    removed: [{ ...lesson('b', 200), learners: 1, creditedMs: 40 }],
    resized: [{ ...lesson('a', 150), wasMs: 100, completed: 2, short: 1 }],
    lengthMs: { before: 300, after: 450 },
    earned: { learners: 2, creditedMs: 285 },
  });
});

const anyLessons = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...'abcdefgh'), durationMs: fc.nat(1000) }),
  { selector: ({ id }) => id },
);

test('what comes and what goes make one version of the other, and nothing is said of what stays', () => {
  fc.assert(
    fc.property(anyLessons, anyLessons, (from, to) => {
      const [before, after] = [from, to].map((list) =>
        list.map(({ id, durationMs }) => lesson(id, durationMs)),
      ) as [HeldLesson[], HeldLesson[]];
      const move = foreseeMove(before, after, []);
      const goes = new Set(move.removed.map(({ id }) => id));
      const ids = [...before.filter(({ id }) => !goes.has(id)), ...move.added].map(({ id }) => id);
      expect(ids.sort()).toEqual(after.map(({ id }) => id).sort());
      const grown = move.resized.reduce((sum, one) => sum + one.durationMs - one.wasMs, 0);
      const came = move.added.reduce((sum, one) => sum + one.durationMs, 0);
      const gone = move.removed.reduce((sum, one) => sum + one.durationMs, 0);
      expect(move.lengthMs.before + grown + came - gone).toBe(move.lengthMs.after);
    }),
  );
});
