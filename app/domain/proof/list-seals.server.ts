import type { Db } from '~db/client.server';
import type { SealTable } from '~db/tables/proof';
import type { KindCounts, SealContent } from './seal';

/** A stored seal with its hash. */
export type StoredSeal = SealContent & { hash: string };

const toSeal = (row: SealTable): StoredSeal => ({
  day: row.day,
  fromAt: row.from_at,
  toAt: row.to_at,
  previous: row.previous_hash,
  counts: JSON.parse(row.counts) as KindCounts,
  leaves: row.leaf_count,
  root: row.root,
  hash: row.hash,
});

/** Every seal, the first day first. */
export async function listSeals(db: Db): Promise<StoredSeal[]> {
  return (await db.selectFrom('seal').selectAll().orderBy('from_at').execute()).map(toSeal);
}

/** The newest seal, or undefined before the first. */
export async function findLastSeal(db: Db): Promise<StoredSeal | undefined> {
  const row = await db
    .selectFrom('seal')
    .selectAll()
    .orderBy('from_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toSeal(row);
}
