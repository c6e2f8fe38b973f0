/** A total that is not what the stored beats amount to. */
export interface Difference {
  /** The table that has it. */
  table: string;
  /** Whose figure it is, such as `person_id …, lesson_id …`. */
  key: string;
  /** Such as `creditedMs`, or `2026-11-02 spentMs` of a day. */
  figure: string;
  stored: string;
  counted: string;
}

/** A difference in one line, for who keeps the database. */
export function describeDifference(difference: Difference): string {
  const { table, key, figure, stored, counted } = difference;
  return `${table} of ${key}: ${figure} is ${stored}, and ${counted} when counted anew.`;
}
