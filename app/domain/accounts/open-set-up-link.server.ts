import type { Db, Trx } from '~db/client.server';
import { newId } from '../shared/new-id.server';
import { hashSecret, newSecret } from './secret-hash.server';

/** 24 hours; each start without an administrator makes a new one. */
export const SET_UP_LINK_LIFE_MS = 24 * 60 * 60 * 1_000;

/**
 * While there is no bureau administrator: the token of a new one-time set-up link (`/set-up/TOKEN`),
 * which voids the earlier ones. Undefined as soon as there is one.
 */
export function openSetUpLink(db: Db, now: number): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    if (await hasAdministrator(trx)) return undefined;
    const token = newSecret();
    await trx.deleteFrom('set_up_link').where('used_at', 'is', null).execute();
    await trx
      .insertInto('set_up_link')
      .values({
        id: newId(),
        token_hash: hashSecret(token),
        created_at: now,
        expires_at: now + SET_UP_LINK_LIFE_MS,
      })
      .execute();
    return token;
  });
}

/** Whether somebody can administer the platform. */
export async function hasAdministrator(db: Db | Trx): Promise<boolean> {
  const row = await db
    .selectFrom('bureau_administrator')
    .select('person_id')
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the set-up link with this token can be used now. */
export async function isOpenSetUpLink(db: Db | Trx, token: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('set_up_link')
    .select('id')
    .where('token_hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined && !(await hasAdministrator(db));
}
