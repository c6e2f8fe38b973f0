import type { Beat, LessonLaw, RuleSet, WatchSessionFact } from './rule-set';

export const MINUTE = 60_000;
export const LENGTH = 10 * MINUTE;
export const NOON = Date.parse('2026-03-02T12:00:00+08:00');
export const ALWAYS = 20 * 86_400_000;

const RULES: RuleSet = {
  name: 'Standard',
  version: 1,
  maxSpeed: 1,
  minutesPerClassHour: 45,
  requireVisible: true,
  dailyCapMs: null,
  offlineAllowanceMs: 30 * MINUTE,
  presence: null,
};

export const law = (
  rules: Partial<RuleSet> = {},
  openIntervals: LessonLaw['openIntervals'] = [[NOON - ALWAYS, NOON + ALWAYS]],
): LessonLaw => ({
  ruleSets: [{ fromDay: null, ruleSet: { ...RULES, ...rules } }],
  openIntervals,
  held: [],
  zone: 'Asia/Shanghai',
});

export function session(
  number: number,
  startedAt: number,
  endedAt: number | null = null,
): WatchSessionFact {
  const inTouch = [[startedAt, startedAt + ALWAYS]] as const;
  return { id: `session-${number}`, number, startedAt, endedAt, durationMs: LENGTH, inTouch };
}

/** Wall and media in minutes, arrived when it ended unless said otherwise. */
export function beat(
  seq: number,
  wall: [number, number],
  media: [number, number],
  more: Partial<Beat> = {},
): Beat {
  return {
    seq,
    wallFromMs: wall[0] * MINUTE,
    wallToMs: wall[1] * MINUTE,
    mediaFromMs: media[0] * MINUTE,
    mediaToMs: media[1] * MINUTE,
    visible: true,
    arrivedAt: NOON + wall[1] * MINUTE,
    ...more,
  };
}
