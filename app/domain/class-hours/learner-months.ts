import type { LedgerPart } from '~db/tables/roll-ups';

/** A learner was credited something in that month of an organization's classes, or of the lessons it produced. */
export interface LearnerMonth {
  personId: string;
  part: LedgerPart;
  organizationId: string;
  month: string;
}

export const monthKey = ({ personId, part, organizationId, month }: LearnerMonth): string =>
  [part, organizationId, month, personId].join(' ');

/** The counts a learner is part of, each once: of the organization and of all, in the month and ever ('' is all). */
export function countsOf(months: readonly LearnerMonth[]): Map<string, number> {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const { personId, part, organizationId, month } of months) {
    const organizations = part === 'organization' ? [organizationId, ''] : [organizationId];
    for (const organization of organizations) {
      for (const when of [month, '']) {
        const count = JSON.stringify([part, organization, when]);
        const person = `${count} ${personId}`;
        if (seen.has(person)) continue;
        seen.add(person);
        counts.set(count, (counts.get(count) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** What to add to each count, by its key, when the months of some learners change; what stays is left out. */
export function countChanges(
  before: readonly LearnerMonth[],
  after: readonly LearnerMonth[],
): Map<string, number> {
  const changes = countsOf(after);
  for (const [key, count] of countsOf(before)) {
    const change = (changes.get(key) ?? 0) - count;
    if (change === 0) changes.delete(key);
    else changes.set(key, change);
  }
  return changes;
}
