import { z } from 'zod';
import { SIGNAL_KINDS } from './signal';

/** The view of a class's signals that a URL asks for; what makes no sense is left out. */
export const signalFilterSchema = z.object({
  kind: z.enum(['', ...SIGNAL_KINDS]).catch(''),
  /** Those looked at are hidden unless all are asked for. */
  show: z.enum(['open', 'all']).catch('open'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type SignalFilter = z.output<typeof signalFilterSchema>;
