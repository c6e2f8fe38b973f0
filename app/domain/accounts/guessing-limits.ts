const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Failures older than this no longer count. */
export const GUESSING_WINDOW_MS = 60 * MINUTE;
export const PAIR_FAILURES = 5;
export const ACCOUNT_FAILURES = 20;
export const ADDRESS_ACCOUNTS = 20;
const FIRST_WAIT_MS = 30 * SECOND;
const LONGEST_WAIT_MS = 15 * MINUTE;

/** Failed and running attempts of the last hour, the one being judged left out. */
export interface FailureCounts {
  /** This account from this address. */
  pair: { count: number; lastAt: number };
  /** This account from anywhere. */
  account: { count: number; lastAt: number };
  /** Different accounts that failed from this address; attempts still running are not in it. */
  address: { accounts: number; lastAt: number };
}

/**
 * How long (ms) a sign-in attempt has to wait, 0 when it may be tried now. Five failures slow the
 * pair of account and address; twenty an hour slow the account, but not for a device that has
 * signed this person in before (nobody can lock a worker out from elsewhere); an address is slowed
 * only by failures over more than twenty accounts, for a whole factory sits behind one. Each further
 * failure doubles the wait, from 30 s to 15 min.
 */
export function waitBeforeAttempt(
  failures: FailureCounts,
  knownDevice: boolean,
  now: number,
): number {
  const { pair, account, address } = failures;
  const waits = [waitAfter(pair.count - PAIR_FAILURES, pair.lastAt, now)];
  if (!knownDevice) {
    waits.push(waitAfter(account.count - ACCOUNT_FAILURES, account.lastAt, now));
    waits.push(waitAfter(address.accounts - ADDRESS_ACCOUNTS - 1, address.lastAt, now));
  }
  return Math.max(...waits);
}

function waitAfter(beyond: number, lastAt: number, now: number): number {
  if (beyond < 0) return 0;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(beyond, 10), LONGEST_WAIT_MS);
  return Math.max(0, lastAt + wait - now);
}
