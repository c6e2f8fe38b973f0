import { normalizeLoginName } from './login-name';

export const SHORTEST_PASSWORD = 10;
/** Argon2 takes any length; this only keeps nonsense out. */
export const LONGEST_PASSWORD = 200;

export type PasswordFault = 'short' | 'long' | 'login-name' | 'easy';

const ROWS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/**
 * What is wrong with a new password, or undefined: at least ten characters, not one of the person's
 * login names (nor one with digits around it), not one character or a run of keys over and over.
 */
export function faultOfPassword(
  password: string,
  loginNames: readonly string[],
): PasswordFault | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return 'short';
  if (length > LONGEST_PASSWORD) return 'long';
  const typed = normalizeLoginName(password);
  const bare = typed.replace(/^\d{0,4}|\d{0,4}$/g, '');
  const names = loginNames.flatMap((name) => [name, name.split('/').at(-1) ?? name]);
  if (names.some((name) => name !== '' && (typed === name || bare === name))) return 'login-name';
  if (new Set(typed).size < 3) return 'easy';
  if (ROWS.some((row) => row.includes(typed) || [...row].reverse().join('').includes(typed)))
    return 'easy';
  return undefined;
}
