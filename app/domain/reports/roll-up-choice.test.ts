import { describe, expect, test } from 'vitest';
import type { ClassHourFilter, Grouping } from './class-hour-filter';
import { chooseCreditSource, chooseLearnerSource, wholeMonths } from './roll-up-choice';

const own = (...ids: string[]) => ({ organizationIds: ids });
const credit = (
  by: Grouping,
  filter: ClassHourFilter = {},
  scope: 'all' | ReturnType<typeof own> = 'all',
) => chooseCreditSource({ by, filter, scope });
const people = (
  by: Grouping | undefined,
  filter: ClassHourFilter = {},
  scope: 'all' | ReturnType<typeof own> = 'all',
) => chooseLearnerSource({ ...(by && { by }), filter, scope });
const november = { from: '2026-11-01', to: '2026-11-30' };

describe('credit is added up from', () => {
  test('the days of organizations, where only these and days are told apart', () => {
    expect(credit('organization')).toBe('organization_day');
    expect(credit('month', { organizationId: 'a' }, own('a', 'b'))).toBe('organization_day');
    expect(credit('day', november, own('a'))).toBe('organization_day');
  });

  test('the days of classes, where one of them is meant', () => {
    expect(credit('class', { organizationId: 'a' }, own('a'))).toBe('class_day');
    expect(credit('month', { classId: 'c' })).toBe('class_day');
    expect(credit('organization', { classId: 'c' }, own('a'))).toBe('class_day');
  });

  test('the days of producers, where it does not matter in whose classes', () => {
    expect(credit('producer', november)).toBe('producer_day');
    expect(credit('month', { producerId: 'p' })).toBe('producer_day');
    expect(credit('producer', {}, own('a'))).toBe('lesson_day');
    expect(credit('producer', { organizationId: 'a' })).toBe('lesson_day');
    expect(credit('producer', { classId: 'c' })).toBe('lesson_day');
    expect(credit('organization', { producerId: 'p' })).toBe('lesson_day');
    expect(credit('class', { producerId: 'p' })).toBe('lesson_day');
  });

  test('the ledger, where people or courses are told apart', () => {
    for (const by of ['learner', 'course'] as const) expect(credit(by)).toBe('lesson_day');
    expect(credit('month', { personId: 'p' })).toBe('lesson_day');
    expect(credit('organization', { courseId: 'c' })).toBe('lesson_day');
  });
});

describe('people are counted from', () => {
  test('the counts, for one month or for ever, of one organization or all', () => {
    expect(people(undefined)).toBe('learner_count');
    expect(people('organization', november, own('a', 'b'))).toBe('learner_count');
    expect(people('producer', november)).toBe('learner_count');
    expect(people('month', { from: '2026-03-01' }, own('a'))).toBe('learner_count');
    expect(people(undefined, { organizationId: 'a' }, own('a', 'b'))).toBe('learner_count');
  });

  test('their months, where somebody may be in several of what is asked for', () => {
    expect(people(undefined, november, own('a', 'b'))).toBe('learner_month');
    expect(people('organization', { from: '2026-10-01', to: '2026-11-30' })).toBe('learner_month');
    expect(people('month', {}, own('a', 'b'))).toBe('learner_month');
  });

  test('the ledger, for parts of months, days, classes, courses and one another', () => {
    expect(people(undefined, { to: '2026-11-29' })).toBe('lesson_day');
    expect(people('day', november)).toBe('lesson_day');
    expect(people('class', november)).toBe('lesson_day');
    expect(people('month', { courseId: 'c' })).toBe('lesson_day');
  });
});

test('days that begin and end with months are months', () => {
  expect(wholeMonths({})).toEqual({});
  expect(wholeMonths({ from: '2028-02-01', to: '2028-02-29' })).toEqual({
    first: '2028-02',
    last: '2028-02',
  });
  expect(wholeMonths({ to: '2028-02-28' })).toBeNull();
  expect(wholeMonths({ from: '2026-12-02' })).toBeNull();
  expect(wholeMonths({ to: '2026-12-31' })).toEqual({ last: '2026-12' });
});
