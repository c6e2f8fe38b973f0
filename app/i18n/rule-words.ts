import type { ruleSetMessages } from './messages/rule-sets';

type Messages = (typeof ruleSetMessages)['zh'];

interface RulesToTell {
  minutesPerClassHour: number;
  maxSpeed: number;
  requireVisible: boolean;
  dailyCapMs: number | null;
  offlineAllowanceMs: number;
  presence: {
    checkAfterMinMs: number;
    checkAfterMaxMs: number;
    answerWithinMs: number;
    retryAfterMs: number;
  } | null;
}

const MINUTE = 60_000;

/** Each setting of a rule set as a short value for a table. */
export function ruleValues(rules: RulesToTell, { values }: Messages) {
  const { dailyCapMs, minutesPerClassHour, presence } = rules;
  return {
    minutesPerClassHour: values.minutesPerClassHour(minutesPerClassHour),
    maxSpeed: values.maxSpeed(rules.maxSpeed),
    dailyCapMs:
      dailyCapMs === null ? values.noCap : values.cap(dailyCapMs / (minutesPerClassHour * MINUTE)),
    requireVisible: rules.requireVisible ? values.visible : values.notVisible,
    offlineAllowanceMs: values.offline(rules.offlineAllowanceMs / MINUTE),
    presence: presence
      ? values.presence(
          presence.checkAfterMinMs / MINUTE,
          presence.checkAfterMaxMs / MINUTE,
          presence.answerWithinMs / 1000,
          presence.retryAfterMs / 1000,
        )
      : values.noPresence,
  };
}

/** The rules told to a learner, a sentence for each setting. */
export function ruleSentences(rules: RulesToTell, { plain }: Messages): string[] {
  const { dailyCapMs, minutesPerClassHour, presence } = rules;
  return [
    plain.minutesPerClassHour(minutesPerClassHour),
    plain.maxSpeed(rules.maxSpeed),
    dailyCapMs === null ? plain.noCap : plain.cap(dailyCapMs / (minutesPerClassHour * MINUTE)),
    rules.requireVisible ? plain.visible : plain.notVisible,
    plain.offline(rules.offlineAllowanceMs / MINUTE),
    presence
      ? plain.presence(
          presence.checkAfterMinMs / MINUTE,
          presence.checkAfterMaxMs / MINUTE,
          presence.answerWithinMs / 1000,
        )
      : plain.noPresence,
  ];
}
