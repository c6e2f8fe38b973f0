import { z } from 'zod';

/** What a manager confirms: the days, the figure they saw, and a note. */
export const settlementForm = z.object({
  toDay: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'not-a-day'),
  /** The number and the sum that were shown: other ones are not settled unseen. */
  number: z.coerce.number().int().positive(),
  totalMs: z.coerce.number().int(),
  note: z.string().trim().max(200, 'note-too-long').default(''),
});

export type SettlementForm = z.output<typeof settlementForm>;
