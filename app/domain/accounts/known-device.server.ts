import type { Db } from '~db/client.server';
import { hashSecret } from './secret-hash.server';

/** Whether the browser with this token has signed this person in before. */
export async function isKnownDevice(
  db: Db,
  personId: string | undefined,
  token: string | undefined,
): Promise<boolean> {
  const row = await db
    .selectFrom('known_device')
    .select('person_id')
    .where('person_id', '=', personId ?? '')
    .where('device_hash', '=', hashSecret(token ?? ''))
    .executeTakeFirst();
  return row !== undefined;
}

/** Remembers that the browser with this token signed this person in. */
export async function rememberDevice(
  db: Db,
  personId: string,
  token: string,
  now: number,
): Promise<void> {
  await db
    .insertInto('known_device')
    .values({ person_id: personId, device_hash: hashSecret(token), seen_at: now })
    .onConflict((oc) => oc.columns(['person_id', 'device_hash']).doUpdateSet({ seen_at: now }))
    .execute();
}
