import { z } from 'zod';
import { ROLES } from './person-form';

const STATES = ['active', 'not-signed-up', 'disabled'] as const;

/** The filters of the people page, from its URL; what makes no sense is left out. */
export const peopleFilterSchema = z.object({
  organization: z.string().max(64).optional().catch(undefined),
  search: z.string().max(60).catch(''),
  role: z.enum(ROLES).optional().catch(undefined),
  state: z.enum(STATES).optional().catch(undefined),
  after: z.string().max(64).optional().catch(undefined),
});
