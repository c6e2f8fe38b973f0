import type { PresenceRule } from '../class-hours/rule-set';

/** One labelled sample: never law, every number is a setting. */
export interface SampleRuleSet {
  id: string;
  versionId: string;
  name: string;
  nameEn: string;
  minutesPerClassHour: number;
  maxSpeedMilli: number;
  /** Class hours a day. */
  dailyCap: number;
  presence: PresenceRule;
}

/** The rule set of a class whose manager chooses none. */
export const DEFAULT_RULE_SET_VERSION_ID = 'sample-platform-default-v1';

const MINUTE = 60_000;
/** One minute to answer: Hubei notice on continuing education. */
const EVERY_15_TO_20_MINUTES: PresenceRule = {
  checkAfterMinMs: 15 * MINUTE,
  checkAfterMaxMs: 20 * MINUTE,
  answerWithinMs: MINUTE,
  retryAfterMs: 20_000,
};

/**
 * Sample rule sets an empty platform starts with. 45 minutes and a training day of 7: Hunan human-resources bureau
 * notice on training subsidies, 2022-06-07; 60 minutes and theory of at most 4 hours a day: driver-training
 * syllabus of 2016. All ask for a visible page, and for presence every 15 to 20 minutes.
 */
export const sampleRuleSets: SampleRuleSet[] = [
  {
    id: 'sample-platform-default',
    versionId: DEFAULT_RULE_SET_VERSION_ID,
    name: '平台默认：45 分钟一学时，1.0 倍速，每天最多 8 学时',
    nameEn: 'Platform default: 45 min a class hour, 1.0x, at most 8 a day',
    minutesPerClassHour: 45,
    maxSpeedMilli: 1000,
    dailyCap: 8,
    presence: EVERY_15_TO_20_MINUTES,
  },
  {
    id: 'sample-7-a-day',
    versionId: 'sample-7-a-day-v1',
    name: '示例：45 分钟一学时，1.0 倍速，每天最多 7 学时',
    nameEn: 'Sample: 45 min a class hour, 1.0x, at most 7 a day',
    minutesPerClassHour: 45,
    maxSpeedMilli: 1000,
    dailyCap: 7,
    presence: EVERY_15_TO_20_MINUTES,
  },
  {
    id: 'sample-up-to-1.5x',
    versionId: 'sample-up-to-1.5x-v1',
    name: '示例：45 分钟一学时，最高 1.5 倍速，每天最多 8 学时',
    nameEn: 'Sample: 45 min a class hour, up to 1.5x, at most 8 a day',
    minutesPerClassHour: 45,
    maxSpeedMilli: 1500,
    dailyCap: 8,
    presence: EVERY_15_TO_20_MINUTES,
  },
  {
    id: 'sample-up-to-2x',
    versionId: 'sample-up-to-2x-v1',
    name: '示例：45 分钟一学时，最高 2.0 倍速，每天最多 8 学时',
    nameEn: 'Sample: 45 min a class hour, up to 2.0x, at most 8 a day',
    minutesPerClassHour: 45,
    maxSpeedMilli: 2000,
    dailyCap: 8,
    presence: EVERY_15_TO_20_MINUTES,
  },
  {
    id: 'sample-60-minutes',
    versionId: 'sample-60-minutes-v1',
    name: '示例：60 分钟一学时，1.0 倍速，每天最多 4 学时',
    nameEn: 'Sample: 60 min a class hour, 1.0x, at most 4 a day',
    minutesPerClassHour: 60,
    maxSpeedMilli: 1000,
    dailyCap: 4,
    presence: EVERY_15_TO_20_MINUTES,
  },
];

const sampleIds = new Set(sampleRuleSets.map(({ id }) => id));

/** Whether a rule set is one of the samples an empty platform starts with. */
export const isSample = (ruleSetId: string): boolean => sampleIds.has(ruleSetId);
