import type { Play } from './explanation';

/** A change of credit with author and reason, as it is shown for ever. Moments are epoch ms. */
export interface Correction {
  day: string;
  /** Signed. */
  ms: number;
  cause: 'decision' | 'recount';
  reason: string;
  /** The name of who decided. */
  by: string;
  at: number;
  /** The appeal that it answers, if any. */
  appealId: string | null;
}

/** A decision among the plays; it took no time and moved no video. */
export interface CorrectionPlay extends Play {
  correction: Omit<Correction, 'ms' | 'appealId'>;
}

interface Days {
  day: string;
  creditedMs: number;
  spentMs: number;
}

interface Credited {
  creditedMs: number;
  byDay: Days[];
  plays: (Play | CorrectionPlay)[];
}

/** Adds decisions to what the law credits, so that days and plays still each add up to the credit. */
export function addDecisions<T extends Credited>(
  explained: T,
  decisions: readonly Correction[],
): Omit<T, keyof Credited> & Credited {
  const days = new Map(explained.byDay.map((day) => [day.day, { ...day }]));
  for (const { day, ms } of decisions) {
    const known = days.get(day) ?? { day, creditedMs: 0, spentMs: 0 };
    days.set(day, { ...known, creditedMs: known.creditedMs + ms });
  }
  const added = decisions.map(({ ms, appealId: _appeal, ...correction }): CorrectionPlay => {
    const { at } = correction;
    const nothing = { mediaFromMs: 0, mediaToMs: 0, validMs: 0, refusals: [] };
    return { wallFrom: at, wallTo: at, ...nothing, creditedMs: ms, correction };
  });
  return {
    ...explained,
    creditedMs: decisions.reduce((sum, { ms }) => sum + ms, explained.creditedMs),
    byDay: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    plays: [...explained.plays, ...added].sort((a, b) => a.wallFrom - b.wallFrom),
  };
}

export type OutOfBounds = 'zero' | 'below-zero' | 'over-length';

/**
 * Why a decision of `ms` cannot be: it takes more than the day has, or credits the lesson more than its length
 * (what nobody can watch, nobody can have missed). All in ms; figures as shown, corrections included.
 */
export function outOfBounds(
  ms: number,
  { dayMs, lessonMs, lengthMs }: { dayMs: number; lessonMs: number; lengthMs: number },
): OutOfBounds | undefined {
  if (ms === 0) return 'zero';
  if (ms < 0 && (dayMs + ms < 0 || lessonMs + ms < 0)) return 'below-zero';
  if (ms > 0 && lessonMs + ms > lengthMs) return 'over-length';
  return undefined;
}
