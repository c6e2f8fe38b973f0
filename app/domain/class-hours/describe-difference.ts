import type { Difference } from './reconcile-learner.server';

/** A difference in one line, for who keeps the database. */
export function describeDifference(difference: Difference): string {
  const { table, key, figure, stored, counted } = difference;
  return `${table} of ${key}: ${figure} is ${stored}, and ${counted} when counted anew.`;
}
