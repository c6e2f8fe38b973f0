/** Where a class stands by its dates; both days are included. */
export type ClassState = 'preparing' | 'running' | 'ended';

/** The state of a class on a day. Days are `YYYY-MM-DD` of the platform's zone. */
export function classState(startsOn: string, endsOn: string, today: string): ClassState {
  if (today < startsOn) return 'preparing';
  return today <= endsOn ? 'running' : 'ended';
}

/** Days left to study, today included; 0 once the class has ended. */
export function daysLeft(endsOn: string, today: string): number {
  const days = (Date.parse(endsOn) - Date.parse(today)) / 86_400_000 + 1;
  return Math.max(0, Math.round(days));
}
