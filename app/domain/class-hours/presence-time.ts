import { insertRange, type Range } from './ranges';
import { dayAt } from './platform-day';
import { ruleSetOn, type LessonLaw, type PresenceFact } from './rule-set';

/** A check that is not passed holds time without a known end; a bound JSON can carry. */
const UNTIL_PASSED = Number.MAX_SAFE_INTEGER;

type RuleSets = Pick<LessonLaw, 'ruleSets' | 'zone'>;

/** How long after a contact time counts without another one, ms: the allowance of that day's rule set. */
export function contactRange(at: number, law: RuleSets): Range {
  return [at, at + ruleSetOn(law, dayAt(at, law.zone).day).offlineAllowanceMs];
}

/**
 * When a session was in touch (docs/class-hours.md, *presence*): from each of its contacts on, as long as the
 * offline allowance. `contacts` are its start, the first arrivals of its beats and its answers, epoch ms.
 */
export function timeInTouch(contacts: readonly number[], law: RuleSets): Range[] {
  const ranges: Range[] = [];
  for (const at of contacts) insertRange(ranges, ...contactRange(at, law));
  return ranges;
}

/**
 * When the learner's presence checks keep time from counting: a check passed within the allowance of being
 * asked costs nothing; otherwise from `answerWithinMs` after the asking until it is passed. Epoch ms.
 */
export function heldTime(checks: readonly PresenceFact[], law: RuleSets): Range[] {
  const held: Range[] = [];
  for (const { askedAt, passedAt } of checks) {
    const { presence, offlineAllowanceMs } = ruleSetOn(law, dayAt(askedAt, law.zone).day);
    if (!presence) continue;
    if (passedAt !== null && passedAt - askedAt <= offlineAllowanceMs) continue;
    insertRange(held, askedAt + presence.answerWithinMs, passedAt ?? UNTIL_PASSED);
  }
  return held;
}

/** When the next check is due, ms of valid time after the last one passed; `draw` is random, 0 to below 1. */
export function checkDueAfter(
  presence: { checkAfterMinMs: number; checkAfterMaxMs: number },
  draw: number,
): number {
  const { checkAfterMinMs, checkAfterMaxMs } = presence;
  return checkAfterMinMs + Math.floor((checkAfterMaxMs - checkAfterMinMs) * draw);
}
