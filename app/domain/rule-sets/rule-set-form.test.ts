import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ruleChanges } from './rule-changes';
import { readRulesForm, rulesSchema, typedRules, USUAL_RULES, type Rules } from './rule-set-form';

const usual = typedRules(USUAL_RULES);

const complaints = (more: Partial<typeof usual>) => {
  const parsed = rulesSchema.safeParse({ ...usual, ...more });
  return parsed.error?.issues.map((issue) => [issue.path.join('/'), issue.message]) ?? [];
};

describe('the form of a version', () => {
  it.each([
    [{ minutesPerClassHour: '29' }, 'minutesPerClassHour', 'unit-range'],
    [{ minutesPerClassHour: '91' }, 'minutesPerClassHour', 'unit-range'],
    [{ minutesPerClassHour: '45.5' }, 'minutesPerClassHour', 'unit-range'],
    [{ maxSpeed: '0.9' }, 'maxSpeed', 'speed-range'],
    [{ maxSpeed: '2.01' }, 'maxSpeed', 'speed-range'],
    [{ maxSpeed: '1.125' }, 'maxSpeed', 'speed-range'],
    [{ dailyCap: '0' }, 'dailyCap', 'cap-range'],
    [{ dailyCap: 'eight' }, 'dailyCap', 'cap-range'],
    [{ dailyCap: '32.1' }, 'dailyCap', 'cap-over-day'],
    [{ offlineMinutes: '0' }, 'offlineMinutes', 'offline-range'],
    [{ offlineMinutes: '1441' }, 'offlineMinutes', 'offline-range'],
    [{ checkAfterMinMinutes: '0' }, 'checkAfterMinMinutes', 'check-range'],
    [{ checkAfterMinMinutes: '21' }, 'checkAfterMaxMinutes', 'check-order'],
    [{ answerSeconds: '29' }, 'answerSeconds', 'answer-range'],
    [{ answerSeconds: '61', offlineMinutes: '1' }, 'answerSeconds', 'answer-offline'],
    [{ retrySeconds: '301' }, 'retrySeconds', 'retry-range'],
  ])('refuses %o', (typed, field, message) => {
    expect(complaints(typed)).toEqual([[field, message]]);
  });

  it('takes the bounds themselves', () => {
    expect(complaints({ minutesPerClassHour: '30', maxSpeed: '2', dailyCap: '48' })).toEqual([]);
    expect(complaints({ minutesPerClassHour: '90', maxSpeed: '1.0', dailyCap: '' })).toEqual([]);
    expect(complaints({ checkAfterMinMinutes: '20', answerSeconds: '600' })).toEqual([]);
    expect(complaints({ offlineMinutes: '1', answerSeconds: '60' })).toEqual([]);
  });

  it('asks nothing about presence where none is wanted', () => {
    const { presence: _presence, ...fields } = usual;
    const typed = readRulesForm({ ...fields, requireVisible: 'on' });
    const without = { ...typed, answerSeconds: '', checkAfterMinMinutes: 'x' };
    expect(rulesSchema.parse(without)).toMatchObject({ presence: null, requireVisible: true });
  });
});

const minutes = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * 60_000);
const anyRules: fc.Arbitrary<Rules> = fc
  .record({
    minutesPerClassHour: fc.integer({ min: 30, max: 90 }),
    maxSpeed: fc.integer({ min: 100, max: 200 }).map((n) => n / 100),
    requireVisible: fc.boolean(),
    capTenths: fc.option(fc.integer({ min: 1, max: 160 })),
    offlineAllowanceMs: minutes(10, 1440),
    presence: fc.option(
      fc.record({
        checkAfterMinMs: minutes(1, 60),
        checkAfterMaxMs: minutes(60, 120),
        answerWithinMs: fc.integer({ min: 30, max: 600 }).map((n) => n * 1000),
        retryAfterMs: fc.integer({ min: 5, max: 300 }).map((n) => n * 1000),
      }),
    ),
  })
  .map(({ capTenths, ...rules }) => ({
    ...rules,
    dailyCapMs: capTenths === null ? null : capTenths * rules.minutesPerClassHour * 6000,
  }));

test('a version comes back from its own form as it was, and so differs in nothing', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      const again = rulesSchema.parse(typedRules(rules));
      expect(again).toEqual(rules);
      expect(ruleChanges(rules, again)).toEqual([]);
    }),
  );
});
