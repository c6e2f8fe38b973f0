import type { Db } from '~db/client.server';
import { newId } from '../shared/new-id.server';
import { GUESSING_WINDOW_MS, type FailureCounts } from './guessing-limits';

export interface Attempt {
  id: string;
  loginHash: string;
  address: string;
}

/**
 * Notes an attempt as running, then counts the others. Of attempts that arrive together, each one's
 * row is there before it counts, so no more than the limit can find themselves under it.
 */
export async function beginAttempt(
  db: Db,
  input: { loginHash: string; address: string; knownDevice: boolean; now: number },
): Promise<{ attempt: Attempt; failures: FailureCounts }> {
  const { loginHash, address, now } = input;
  const attempt = { id: newId(), loginHash, address };
  await db
    .insertInto('sign_in_failure')
    .values({
      id: attempt.id,
      login_hash: loginHash,
      address,
      known_device: input.knownDevice ? 1 : 0,
      pending: 1,
      failed_at: now,
    })
    .execute();
  const since = now - GUESSING_WINDOW_MS;
  const ofAccount = await db
    .selectFrom('sign_in_failure')
    .select(['address', 'failed_at'])
    .where('login_hash', '=', loginHash)
    .where('failed_at', '>', since)
    .where('id', '!=', attempt.id)
    .execute();
  const ofAddress = await db
    .selectFrom('sign_in_failure')
    .select((eb) => [
      eb.fn.count<number>('login_hash').distinct().as('accounts'),
      eb.fn.max('failed_at').as('last_at'),
    ])
    .where('address', '=', address)
    .where('pending', '=', 0)
    .where('failed_at', '>', since)
    .executeTakeFirstOrThrow();
  const ofPair = ofAccount.filter((failure) => failure.address === address);
  return {
    attempt,
    failures: {
      pair: tally(ofPair),
      account: tally(ofAccount),
      address: { accounts: ofAddress.accounts, lastAt: ofAddress.last_at ?? 0 },
    },
  };
}

function tally(failures: { failed_at: number }[]): { count: number; lastAt: number } {
  return { count: failures.length, lastAt: Math.max(0, ...failures.map((f) => f.failed_at)) };
}

/** The attempt was not made after all (it has to wait), and is no failure. */
export async function withdrawAttempt(db: Db, attempt: Attempt): Promise<void> {
  await db.deleteFrom('sign_in_failure').where('id', '=', attempt.id).execute();
}

/** The attempt failed; failures of this account and address that no longer count are dropped. */
export async function recordFailure(db: Db, attempt: Attempt, now: number): Promise<void> {
  await db
    .updateTable('sign_in_failure')
    .set({ pending: 0, failed_at: now })
    .where('id', '=', attempt.id)
    .execute();
  await db
    .deleteFrom('sign_in_failure')
    .where('failed_at', '<=', now - GUESSING_WINDOW_MS)
    .where((eb) =>
      eb.or([eb('login_hash', '=', attempt.loginHash), eb('address', '=', attempt.address)]),
    )
    .execute();
}

/** The attempt succeeded: it and the earlier failures of this pair no longer count. */
export async function recordSuccess(db: Db, attempt: Attempt): Promise<void> {
  await db
    .deleteFrom('sign_in_failure')
    .where('login_hash', '=', attempt.loginHash)
    .where('address', '=', attempt.address)
    .where((eb) => eb.or([eb('pending', '=', 0), eb('id', '=', attempt.id)]))
    .execute();
}
