import { hash, verify } from '@node-rs/argon2';

const AT_ONCE = 4;
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let running = 0;
const waiting: (() => void)[] = [];

// 19 MiB each: more at once would let a burst of sign-ins take the memory of a small machine.
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Argon2id of a password (19 MiB, 2 passes); at most four run at once, others wait their turn. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, OPTIONS));
}

/** Whether the password is the hashed one. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return inTurn(() => verify(passwordHash, password));
}

/** Checks one password; without a hash it takes as long and is false. */
export type Verify = (passwordHash: string | null, password: string) => Promise<boolean>;

let decoy: Promise<string> | undefined;

/**
 * Runs `work` in one of the four places for hashing and hands it the check itself, so that what
 * must be decided right before the check (has this account been guessed at too often?) is decided
 * then, and not before a wait in the queue.
 */
export function inHashingTurn<T>(work: (verifyNow: Verify) => Promise<T>): Promise<T> {
  return inTurn(() =>
    work(async (passwordHash, password) => {
      decoy ??= hash('nobody has this password', OPTIONS);
      const right = await verify(passwordHash ?? (await decoy), password);
      return passwordHash !== null && right;
    }),
  );
}
