import { z } from 'zod';

/** The spelling of free text that a person typed: width-folded, lower case, no spaces. */
function fold(input: string): string {
  return input.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, '');
}

/**
 * The one spelling under which a login name is stored and looked up: width-folded, lower case, no
 * spaces; phone numbers without +86, spaces and dashes. `code/number` is a staff number.
 */
export function normalizeLoginName(input: string): string {
  const folded = fold(input);
  return findPhone(folded) ?? folded;
}

/** The eleven digits of a mainland mobile number however it was typed, or undefined. */
export function findPhone(input: string): string | undefined {
  const digits = fold(input)
    .replace(/[-()‐-―]/g, '')
    .replace(/^(\+|00)?86(?=1\d)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? digits : undefined;
}

/** A staff number as stored: width-folded, lower case, without spaces. */
export function normalizeStaffNumber(input: string): string {
  return fold(input);
}

/** The login name of a staff number: the organization's short code, a slash, the number. */
export function staffLoginName(shortCode: string, staffNumber: string): string {
  return `${fold(shortCode)}/${fold(staffNumber)}`;
}

/** A user name: 3 to 32 letters, digits, dots, dashes or underscores, beginning with a letter. */
export const userNameSchema = z
  .string()
  .transform(fold)
  .pipe(z.string().regex(/^[a-z][a-z0-9._-]{2,31}$/, 'user-name'));

/** A staff number: 1 to 24 letters, digits, dots or dashes. */
export const staffNumberSchema = z
  .string()
  .transform(fold)
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,23}$/, 'staff-number'));

/** A mainland mobile number, in any usual spelling; becomes its eleven digits. */
export const phoneSchema = z.string().transform((value, context) => {
  const phone = findPhone(value);
  if (phone !== undefined) return phone;
  context.addIssue({ code: 'custom', message: 'phone' });
  return z.NEVER;
});

/** A person's name as stored: width-folded where that is harmless, single spaces, none between Chinese characters. */
export function normalizePersonName(input: string): string {
  return input
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** A person's name: 1 to 40 characters. */
export const personNameSchema = z
  .string()
  .transform(normalizePersonName)
  .pipe(
    z
      .string()
      .min(1, 'name')
      .max(40, 'name')
      .regex(/^[^\p{C}<>]*$/u, 'name'),
  );
