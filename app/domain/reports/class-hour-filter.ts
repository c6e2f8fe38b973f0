import { z } from 'zod';

/** What class hours are added up by: `organization` is the class's, `producer` the lesson's. */
export const GROUPINGS = [
  'organization',
  'class',
  'course',
  'learner',
  'month',
  'day',
  'producer',
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A calendar day that exists, `YYYY-MM-DD`. */
export const daySchema = z.string().refine(isDay, 'is not a day such as 2026-11-22');

/** Whether the text is a calendar day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** An empty parameter is one that was not given. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const id = z.string().max(100);

/** Which class hours are meant; days of the platform's zone, both included. All parts narrow. */
export const filterSchema = z
  .object({
    from: optional(daySchema),
    to: optional(daySchema),
    organizationId: optional(id),
    classId: optional(id),
    courseId: optional(id),
    personId: optional(id),
    producerId: optional(id),
  })
  .refine((filter) => !filter.from || !filter.to || filter.from <= filter.to, {
    path: ['to'],
    message: 'is before from',
  });

export type ClassHourFilter = z.output<typeof filterSchema>;

/** Whose class hours the caller may see: all, or those of classes of some organizations. */
export type ClassHourScope = 'all' | { organizationIds: string[] };
