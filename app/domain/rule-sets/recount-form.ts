import { z } from 'zod';

/** What a manager asks the what-if of a switch for; messages are keys of the texts of class rules. */
export const askedSwitchSchema = z.object({
  versionId: z.string().min(1, 'choose-version').max(64, 'choose-version'),
  fromDay: z
    .string()
    .refine(
      (day) =>
        /^\d{4}-\d{2}-\d{2}$/.test(day) &&
        !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) &&
        new Date(`${day}T00:00:00Z`).toISOString().startsWith(day),
      'not-a-day',
    ),
});
export type AskedSwitch = z.output<typeof askedSwitchSchema>;

/** What a manager decides: the what-if they have seen, and why. */
export const decidedSwitchSchema = z.object({
  recountId: z.string().min(1).max(64),
  reason: z
    .string()
    .trim()
    .min(1, 'reason-empty')
    .refine((reason) => [...reason].length <= 300, 'reason-too-long'),
});
export type DecidedSwitch = z.output<typeof decidedSwitchSchema>;
