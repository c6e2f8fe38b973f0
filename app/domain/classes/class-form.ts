import { z } from 'zod';

/** A class's form as it is typed; messages are keys of the texts of classes. */
export const classFormSchema = z
  .object({
    organizationId: z.string().min(1, 'choose-organization'),
    title: z
      .string()
      .trim()
      .min(1, 'title-empty')
      .refine((title) => [...title].length <= 60, 'title-too-long'),
    startsOn: z.string().refine(isDay, 'not-a-day'),
    endsOn: z.string().refine(isDay, 'not-a-day'),
    capacity: z
      .string()
      .trim()
      .regex(/^[1-9]\d{0,3}$/, 'capacity-range')
      .transform(Number),
    required: z
      .string()
      .trim()
      .regex(/^\d{1,4}(\.\d)?$/, 'required-range')
      .transform((hours) => Math.round(Number(hours) * 10)),
    ruleSetVersionId: z.string().min(1, 'choose-rule-set'),
    openToApplications: z.boolean(),
    courseIds: z.array(z.string()).min(1, 'choose-course').max(20, 'choose-course'),
  })
  .refine((form) => form.startsOn <= form.endsOn, { path: ['endsOn'], message: 'ends-first' });

/** What is wanted of a class; `required` in tenths of a class hour. */
export type ClassForm = z.output<typeof classFormSchema>;

/** What was typed, to be shown again. */
export type TypedClass = z.input<typeof classFormSchema>;

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(at || 0).toISOString().startsWith(text);
}

/** Reads a submitted form; a checkbox that is not ticked is not sent. */
export function readClassForm(form: FormData): TypedClass {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    organizationId: text('organizationId'),
    title: text('title'),
    startsOn: text('startsOn'),
    endsOn: text('endsOn'),
    capacity: text('capacity'),
    required: text('required'),
    ruleSetVersionId: text('ruleSetVersionId'),
    openToApplications: form.get('openToApplications') !== null,
    courseIds: form.getAll('courseIds').filter((id): id is string => typeof id === 'string'),
  };
}
