/** One labelled sample: never law, every number is a setting. */
export interface SampleRuleSet {
  id: string;
  versionId: string;
  name: string;
  nameEn: string;
  minutesPerClassHour: number;
  maxSpeedMilli: number;
}

/** The rule set of a class whose manager chooses none. */
export const DEFAULT_RULE_SET_VERSION_ID = 'sample-platform-default-v1';

/**
 * Sample rule sets an empty platform starts with. 45 minutes: Hunan human-resources bureau notice on
 * training subsidies, 2022-06-07; 60 minutes: driver-training syllabus of 2016. All ask for a visible page.
 */
export const sampleRuleSets: SampleRuleSet[] = [
  {
    id: 'sample-platform-default',
    versionId: DEFAULT_RULE_SET_VERSION_ID,
    name: '平台默认：45 分钟一学时，1.0 倍速',
    nameEn: 'Platform default: 45 min a class hour, 1.0x',
    minutesPerClassHour: 45,
    maxSpeedMilli: 1000,
  },
  {
    id: 'sample-up-to-2x',
    versionId: 'sample-up-to-2x-v1',
    name: '示例：45 分钟一学时，最高 2.0 倍速',
    nameEn: 'Sample: 45 min a class hour, up to 2.0x',
    minutesPerClassHour: 45,
    maxSpeedMilli: 2000,
  },
  {
    id: 'sample-60-minutes',
    versionId: 'sample-60-minutes-v1',
    name: '示例：60 分钟一学时，1.0 倍速',
    nameEn: 'Sample: 60 min a class hour, 1.0x',
    minutesPerClassHour: 60,
    maxSpeedMilli: 1000,
  },
];
