import { z } from 'zod';

const day = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)),
  );

/** The filters of the audit page, from its URL; what makes no sense is left out. */
export const auditFilterSchema = z.object({
  /** Part of the name of who did it. */
  actor: z.string().max(60).catch(''),
  action: z.string().max(60).catch(''),
  organization: z.string().max(64).catch(''),
  /** Days of the platform's zone, both included. */
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  /** The last id of the page before. */
  after: z.string().max(64).optional().catch(undefined),
});

export type AuditFilter = z.output<typeof auditFilterSchema>;
