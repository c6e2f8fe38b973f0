import { z } from 'zod';
import type { OrganizationKind } from '~db/tables/organizations';

/** The seven kinds, in the order in which forms offer them. */
export const ORGANIZATION_KINDS = [
  'technicianCollege',
  'seniorTechnicalSchool',
  'technicalSchool',
  'enterprise',
  'researchInstitute',
  'trainingProvider',
  'bureau',
] as const satisfies OrganizationKind[];

/** What a bureau administrator enters about an organization. */
export const organizationSchema = z.object({
  kind: z.enum(ORGANIZATION_KINDS, 'kind'),
  name: z
    .string()
    .transform((value) => value.normalize('NFKC').trim().replace(/\s+/g, ' '))
    .pipe(z.string().min(2, 'organization-name').max(60, 'organization-name')),
  mark: z
    .string()
    .transform((value) => value.trim())
    .refine((value) => [...value].length === 1, 'mark'),
  shortCode: z
    .string()
    .transform((value) => value.normalize('NFKC').trim().toLowerCase())
    .pipe(z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'short-code')),
});

export type OrganizationInput = z.output<typeof organizationSchema>;
