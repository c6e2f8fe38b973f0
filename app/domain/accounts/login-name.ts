/**
 * The one spelling under which a login name is stored and looked up: width-folded, lower case, no
 * spaces; phone numbers without +86, spaces and dashes. `code/number` is a staff number.
 */
export function normalizeLoginName(input: string): string {
  const folded = input.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, '');
  const phone = folded.replace(/^\+?86(?=1\d{2})/, '').replace(/-/g, '');
  return /^1\d{10}$/.test(phone) ? phone : folded;
}
