import type { z } from 'zod';
import { Invalid } from '~/domain/shared/errors';

/** The first complaint of each field: the key of its message. */
export type FieldErrors = Record<string, string>;

/** A form's text fields; a name sent more than once is left out (read those with getAll). */
export function textFields(form: FormData): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    if (values.length === 1 && typeof values[0] === 'string') fields[name] = values[0];
  }
  return fields;
}

/** The fields in the schema's shape; throws Invalid with a pointer (`/field`) for each complaint. */
export function parseFields<S extends z.ZodType>(schema: S, fields: unknown): z.output<S> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new Invalid(
    parsed.error.issues.map((issue) => ({
      pointer: `/${issue.path.map(String).join('/')}`,
      message: issue.message,
    })),
  );
}

/** An Invalid's complaints by field, the first of each. */
export function fieldErrors(error: Invalid): FieldErrors {
  const errors: FieldErrors = {};
  for (const { pointer, message } of error.errors) errors[pointer.slice(1)] ??= message;
  return errors;
}
