import type { Seen } from './study-player';

/** What another system's rule makes of a story, ms of a lesson of that length. docs/benchmarks.md names the sources. */
export type Rule = (seen: readonly Seen[], lengthMs: number) => number;

const MINUTE = 60_000;

const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((sum, one) => sum + one, 0);

function byLesson(seen: readonly Seen[]): Seen[][] {
  const lessons = new Set(seen.map(({ lesson }) => lesson));
  return [...lessons].map((lesson) => seen.filter((one) => one.lesson === lesson));
}

/** The moments of requests that a page makes without its player: loading it, leaving it in order. */
function hitsOf(seen: readonly Seen[], unload: boolean): number[] {
  return seen
    .filter(
      (one) =>
        one.kind === 'page' ||
        (one.kind === 'left' && (one.how === 'click' || (unload && one.how === 'closed'))),
    )
    .map(({ at }) => at);
}

function sumOfGaps(hits: readonly number[], counts: (gapMs: number) => boolean): number {
  return sumOf(
    hits.slice(1).map((at, index) => {
      const gapMs = at - hits[index]!;
      return counts(gapMs) ? gapMs : 0;
    }),
  );
}

/** All of the lesson once the position has passed 95 % of it, or a request says so; else nothing. */
const openEdx: Rule = (seen, lengthMs) =>
  sumOf(
    byLesson(seen).map((lesson) =>
      lesson.some(
        (one) =>
          one.kind === 'claimed' ||
          (one.kind === 'played' && one.online && one.mediaToMs >= 0.95 * lengthMs),
      )
        ? lengthMs
        : 0,
    ),
  );

/** The furthest position at the end of the video or when the page was left in order; a page that dies reports nothing. */
const frappe: Rule = (seen, lengthMs) =>
  sumOf(
    byLesson(seen).map((lesson) => {
      let position = 0;
      let furthest = 0;
      for (const one of lesson) {
        if (one.kind === 'played') position = one.mediaToMs;
        if (one.kind === 'page') position = furthest;
        if (one.kind === 'claimed') position = one.mediaToMs;
        const ended = one.kind === 'played' && one.online && position >= lengthMs;
        const left = one.kind === 'left' && one.how === 'click';
        if (ended || left || one.kind === 'claimed') furthest = Math.max(furthest, position);
      }
      return Math.min(furthest, lengthMs);
    }),
  );

/** The largest position ever reported: every 10 s, and at the end. */
const playEdu: Rule = (seen, lengthMs) =>
  sumOf(
    byLesson(seen).map((lesson) => {
      const reports = lesson.map((one) => {
        if (one.kind === 'claimed') return one.mediaToMs;
        if (one.kind !== 'played' || !one.online) return 0;
        return one.mediaToMs >= lengthMs ? lengthMs : one.mediaToMs - (one.mediaToMs % 10_000);
      });
      return Math.min(Math.max(0, ...reports), lengthMs);
    }),
  );

/** The time between two requests of pages, when it is 2 min or more and under 10. */
const canvas: Rule = (seen) =>
  sumOfGaps(hitsOf(seen, false), (gapMs) => gapMs >= 2 * MINUTE && gapMs < 10 * MINUTE);

/** The time between two requests of pages, when it is at most 5 min. */
const ilias: Rule = (seen) => sumOfGaps(hitsOf(seen, false), (gapMs) => gapMs <= 5 * MINUTE);

/** From the first request of a visit to its last one, whatever was done; an hour without one ends the visit. */
const chamilo: Rule = (seen) => sumOfGaps(hitsOf(seen, true), (gapMs) => gapMs <= 60 * MINUTE);

export const otherSystems = {
  'Open edX': openEdx,
  'Frappe LMS': frappe,
  PlayEdu: playEdu,
  Canvas: canvas,
  ILIAS: ilias,
  Chamilo: chamilo,
} satisfies Record<string, Rule>;
