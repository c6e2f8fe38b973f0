import type { Db } from '~db/client.server';
import { inChunks } from '../shared/in-chunks';
import { dayAt, type DayBounds } from '../class-hours/platform-day';
import { dayLines } from './day-leaves.server';
import { earliestArrival } from './earliest-arrival.server';
import { letOthersIn } from './let-others-in.server';
import { findLastSeal } from './list-seals.server';
import { rootOf } from './merkle-tree';
import { byOwner, leafOf, noCounts, NO_SEAL, sealHash, type Leaf, type SealContent } from './seal';
import { sha256 } from './sha256.server';

/**
 * How long after its end a day is sealed. Evidence takes its moment inside its transaction; none stays open that
 * long. What would still come shows as a difference (`verifySeals`).
 */
export const SEAL_MARGIN_MS = 15 * 60_000;
const ROWS_A_STATEMENT = 500;

/**
 * Seals every day that is surely over and has no seal, the oldest first, also days on which nothing arrived; `zone`
 * cuts the days, `now` is epoch ms. Stops early, at the end of a few learners, when `signal` is aborted; goes on
 * where it was. Several processes may call it at once: they write the same, and the first stands.
 * Answers the days it sealed.
 */
export async function sealDays(
  db: Db,
  { zone, now, signal }: { zone: string; now: number; signal?: AbortSignal },
): Promise<string[]> {
  const sealed: string[] = [];
  for (;;) {
    const last = await findLastSeal(db);
    const fromAt = last ? last.toAt : await earliestArrival(db);
    if (fromAt === undefined) return sealed;
    const bounds = nextDay(last, fromAt, zone);
    if (now < bounds.toAt + SEAL_MARGIN_MS || signal?.aborted) return sealed;
    const done = await sealDay(db, bounds, last?.hash ?? NO_SEAL, { now, signal });
    if (!done) return sealed;
    sealed.push(bounds.day);
  }
}

/** The day after the last sealed one, from where that ended: also where the platform's zone was changed. */
function nextDay(last: { day: string } | undefined, fromAt: number, zone: string): DayBounds {
  let bounds = dayAt(fromAt, zone);
  if (!last) return bounds;
  while (bounds.day <= last.day) bounds = dayAt(bounds.toAt, zone);
  return { ...bounds, fromAt };
}

async function sealDay(
  db: Db,
  { day, fromAt, toAt }: DayBounds,
  previous: string,
  { now, signal }: { now: number; signal: AbortSignal | undefined },
): Promise<boolean> {
  const counts = noCounts();
  for await (const owners of dayLines(db, { fromAt, toAt })) {
    if (signal?.aborted) return false;
    for (const { lines } of owners) for (const { kind } of lines) counts[kind] += 1;
    await storeLeaves(
      db,
      owners.map(({ owner, lines }) => leafOf(day, owner, lines, sha256)),
    );
    await letOthersIn();
  }
  const leaves = await listLeafHashes(db, day);
  const root = rootOf(
    leaves.map(({ hash }) => hash),
    sha256,
  );
  const seal: SealContent = { day, fromAt, toAt, previous, counts, leaves: leaves.length, root };
  await db
    .insertInto('seal')
    .values({
      day,
      from_at: fromAt,
      to_at: toAt,
      previous_hash: previous,
      counts: JSON.stringify(counts),
      leaf_count: seal.leaves,
      root,
      hash: sealHash(seal, sha256),
      sealed_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/** A leaf that is there stays: the seal is made over what is stored, by whomever. */
async function storeLeaves(db: Db, leaves: readonly Leaf[]): Promise<void> {
  for (const some of inChunks(leaves, ROWS_A_STATEMENT)) {
    await db
      .insertInto('seal_leaf')
      .values(
        some.map(({ day, owner, hash, lines, marks }) => {
          return { day, owner, hash, line_count: lines, marks };
        }),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The leaves of a day in the order of the tree. */
export async function listLeafHashes(
  db: Db,
  day: string,
): Promise<{ owner: string; hash: string }[]> {
  const rows = await db
    .selectFrom('seal_leaf')
    .select(['owner', 'hash'])
    .where('day', '=', day)
    .execute();
  return rows.sort(byOwner);
}
