import { z } from 'zod';

export const LONGEST_FINDING = 500;

/** What a manager found when they looked; complaints are keys of the signal messages. */
export const signalNoteForm = z.object({
  signalId: z.string().max(200).catch(''),
  /** How much of it the manager saw; what came since is still to be looked at. */
  measure: z.coerce.number().int().min(0).catch(0),
  found: z
    .string()
    .trim()
    .min(1, 'found-empty')
    .refine((text) => [...text].length <= LONGEST_FINDING, 'found-too-long'),
});
