import type { Db } from '~db/client.server';
import { GUESSING_WINDOW_MS } from './guessing-limits';
import { signInSessions } from './sign-in-session.server';

/**
 * Drops what no sign-in needs any more: sessions that expired or were replaced, and failures that no longer count
 * against anybody, unknown names and their addresses included. `now` is epoch ms.
 */
export async function sweepSignIns(db: Db, now: number): Promise<void> {
  await signInSessions(db, () => now, true).deleteExpiredSessions();
  await db
    .deleteFrom('sign_in_failure')
    .where('failed_at', '<=', now - GUESSING_WINDOW_MS)
    .execute();
}
