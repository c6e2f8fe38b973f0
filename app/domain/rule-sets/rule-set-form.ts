import { z } from 'zod';
import type { RuleSet } from '../class-hours/rule-set';

/** The settings of one version of a rule set. */
export type Rules = Omit<RuleSet, 'name' | 'version'>;

/** A version's form as it is typed; hours, minutes and seconds are told by the names. */
export interface TypedRules {
  minutesPerClassHour: string;
  maxSpeed: string;
  /** Class hours a day; empty for no cap. */
  dailyCap: string;
  requireVisible: boolean;
  offlineMinutes: string;
  presence: boolean;
  checkAfterMinMinutes: string;
  checkAfterMaxMinutes: string;
  answerSeconds: string;
  retrySeconds: string;
}

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

const whole = (from: number, to: number, message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .refine((value) => from <= value && value <= to, { error: message, abort: true });

const rules = {
  minutesPerClassHour: whole(30, 90, 'unit-range'),
  maxSpeed: z
    .string()
    .trim()
    .regex(/^\d(\.\d{1,2})?$/, 'speed-range')
    .transform(Number)
    .refine((speed) => 1 <= speed && speed <= 2, 'speed-range'),
  dailyCap: z
    .string()
    .trim()
    .regex(/^(\d{1,2}(\.\d)?)?$/, 'cap-range')
    .transform((hours) => (hours === '' ? null : Number(hours)))
    .refine((hours) => hours === null || hours > 0, 'cap-range'),
  requireVisible: z.boolean(),
  offlineMinutes: whole(1, DAY_MINUTES, 'offline-range'),
};

const asking = {
  checkAfterMinMinutes: whole(1, 120, 'check-range'),
  checkAfterMaxMinutes: whole(1, 120, 'check-range'),
  answerSeconds: whole(30, 600, 'answer-range'),
  retrySeconds: whole(5, 300, 'retry-range'),
};

const typedSchema = z.discriminatedUnion('presence', [
  z.object({ ...rules, presence: z.literal(false) }),
  z.object({ ...rules, ...asking, presence: z.literal(true) }),
]);

/** What a version may set, in the units of the form; messages are keys of the texts of rule sets. */
export const rulesSchema = typedSchema
  .superRefine((form, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (form.dailyCap !== null && form.dailyCap * form.minutesPerClassHour > DAY_MINUTES) {
      complain('dailyCap', 'cap-over-day');
    }
    if (!form.presence) return;
    if (form.checkAfterMinMinutes > form.checkAfterMaxMinutes) {
      complain('checkAfterMaxMinutes', 'check-order');
    }
    if (form.answerSeconds > form.offlineMinutes * 60) complain('answerSeconds', 'answer-offline');
  })
  .transform((form): Rules => ({
    minutesPerClassHour: form.minutesPerClassHour,
    maxSpeed: form.maxSpeed,
    requireVisible: form.requireVisible,
    dailyCapMs:
      form.dailyCap === null
        ? null
        : Math.round(form.dailyCap * 10) * form.minutesPerClassHour * (MINUTE / 10),
    offlineAllowanceMs: form.offlineMinutes * MINUTE,
    presence: form.presence
      ? {
          checkAfterMinMs: form.checkAfterMinMinutes * MINUTE,
          checkAfterMaxMs: form.checkAfterMaxMinutes * MINUTE,
          answerWithinMs: form.answerSeconds * 1000,
          retryAfterMs: form.retrySeconds * 1000,
        }
      : null,
  }));

const title = z
  .string()
  .transform((value) => value.normalize('NFC').trim().replace(/\s+/g, ' '))
  .refine((value) => [...value].length >= 2 && [...value].length <= 60, 'name-length');

/** A rule set's name in both languages. */
export const ruleSetNameSchema = z.object({ name: title, nameEn: title });
export type RuleSetName = z.output<typeof ruleSetNameSchema>;

/** The form as it was sent; a field left out is empty, a box not ticked is false. */
export function readRulesForm(fields: Record<string, string>): TypedRules {
  return {
    minutesPerClassHour: fields.minutesPerClassHour ?? '',
    maxSpeed: fields.maxSpeed ?? '',
    dailyCap: fields.dailyCap ?? '',
    requireVisible: fields.requireVisible !== undefined,
    offlineMinutes: fields.offlineMinutes ?? '',
    presence: fields.presence !== undefined,
    checkAfterMinMinutes: fields.checkAfterMinMinutes ?? '',
    checkAfterMaxMinutes: fields.checkAfterMaxMinutes ?? '',
    answerSeconds: fields.answerSeconds ?? '',
    retrySeconds: fields.retrySeconds ?? '',
  };
}

/** What a day's cap is in class hours, to two digits. */
export const capInClassHours = (dailyCapMs: number, minutesPerClassHour: number): number =>
  Math.round((dailyCapMs * 100) / (minutesPerClassHour * MINUTE)) / 100;

const USUAL = { checkAfterMinMs: 15 * MINUTE, checkAfterMaxMs: 20 * MINUTE };
const USUAL_ANSWER = { answerWithinMs: MINUTE, retryAfterMs: 20_000 };

/** The form filled with a version's settings; where it asks for no presence, with the usual of that. */
export function typedRules(given: Rules): TypedRules {
  const { dailyCapMs, minutesPerClassHour } = given;
  const presence = given.presence ?? { ...USUAL, ...USUAL_ANSWER };
  return {
    minutesPerClassHour: String(minutesPerClassHour),
    maxSpeed: Number.isInteger(given.maxSpeed) ? `${given.maxSpeed}.0` : String(given.maxSpeed),
    dailyCap: dailyCapMs === null ? '' : String(capInClassHours(dailyCapMs, minutesPerClassHour)),
    requireVisible: given.requireVisible,
    offlineMinutes: String(given.offlineAllowanceMs / MINUTE),
    presence: given.presence !== null,
    checkAfterMinMinutes: String(presence.checkAfterMinMs / MINUTE),
    checkAfterMaxMinutes: String(presence.checkAfterMaxMs / MINUTE),
    answerSeconds: String(presence.answerWithinMs / 1000),
    retrySeconds: String(presence.retryAfterMs / 1000),
  };
}

/** The usual settings, with which the form of a new rule set begins. */
export const USUAL_RULES: Rules = {
  minutesPerClassHour: 45,
  maxSpeed: 1,
  requireVisible: true,
  dailyCapMs: 8 * 45 * MINUTE,
  offlineAllowanceMs: 30 * MINUTE,
  presence: { ...USUAL, ...USUAL_ANSWER },
};
