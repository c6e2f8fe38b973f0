import { createHash, randomBytes } from 'node:crypto';

/** SHA-256, hex: all that the database keeps of a random secret or of a guessed login name. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A new random secret of 256 bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
