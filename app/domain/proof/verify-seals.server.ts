import type { Db } from '~db/client.server';
import { dayLines, type OwnerLines } from './day-leaves.server';
import { earliestArrival } from './earliest-arrival.server';
import { listSeals, type StoredSeal } from './list-seals.server';
import { rootOf } from './merkle-tree';
import { listLeafHashes } from './seal-days.server';
import { EVIDENCE_KINDS } from './evidence-line';
import { byOwner, firstDifference, leafOf, noCounts, NO_SEAL, sealHash, type Leaf } from './seal';
import { sha256 } from './sha256.server';

/** A sealed day that is not as it was sealed. */
export interface SealDifference {
  day: string;
  /**
   * `chain`: the seal does not follow the day before. `seal`: it does not say what it was hashed from, or its leaves or
   * counts are others. `evidence`: what is stored of the owner is not what was sealed. `before`: evidence
   * older than the first seal.
   */
  what: 'chain' | 'seal' | 'evidence' | 'before';
  /** `person:ID` or `class:ID`, where the difference is one of theirs. */
  owner: string | null;
  /** How the first record differs, where it can be told. */
  how: 'altered' | 'added' | 'missing' | 'moved' | null;
  /** That record as it is stored; null where it is missing or cannot be told. */
  record: string | null;
}

/**
 * Compares all sealed days with the stored evidence and names each difference: evidence that came for a sealed day, that
 * was altered or removed, seals that do not follow one another. None when all is well. Reads one day after the
 * other, a few learners at a time; memory grows with the learners of a day.
 */
export async function verifySeals(db: Db): Promise<SealDifference[]> {
  const seals = await listSeals(db);
  const differences: SealDifference[] = [];
  const [first] = seals;
  if (!first) return [];
  const say = (day: string, what: SealDifference['what'], more: Partial<SealDifference> = {}) =>
    differences.push({ day, what, owner: null, how: null, record: null, ...more });
  const earliest = await earliestArrival(db);
  if (earliest !== undefined && earliest < first.fromAt) say(first.day, 'before');
  let previous: Pick<StoredSeal, 'hash' | 'toAt'> | undefined;
  for (const seal of seals) {
    if (seal.previous !== (previous?.hash ?? NO_SEAL)) say(seal.day, 'chain');
    else if (previous && seal.fromAt !== previous.toAt) say(seal.day, 'chain');
    if (seal.hash !== sealHash(seal, sha256)) say(seal.day, 'seal');
    previous = seal;
    const wrong = await compareDay(db, seal);
    wrong.forEach((difference) => differences.push(difference));
  }
  return differences;
}

async function compareDay(db: Db, seal: StoredSeal): Promise<SealDifference[]> {
  const { day } = seal;
  const sealed = new Map((await listLeafHashes(db, day)).map(({ owner, hash }) => [owner, hash]));
  const differences: SealDifference[] = [];
  const root = rootOf([...sealed.values()], sha256);
  const counts = noCounts();
  for await (const owners of dayLines(db, seal)) {
    for (const own of owners) {
      for (const { kind } of own.lines) counts[kind] += 1;
      const found = leafOf(day, own.owner, own.lines, sha256);
      if (found.hash !== sealed.get(own.owner)) {
        differences.push(nameDifference(day, own, await findLeaf(db, day, own.owner)));
      }
      sealed.delete(own.owner);
    }
  }
  for (const owner of sealed.keys()) {
    differences.push({ day, what: 'evidence', owner, how: 'missing', record: null });
  }
  const asSealed = EVIDENCE_KINDS.every((kind) => counts[kind] === seal.counts[kind]);
  if (root !== seal.root || (!asSealed && differences.length === 0)) {
    differences.push({ day, what: 'seal', owner: null, how: null, record: null });
  }
  return differences.sort((a, b) => byOwner({ owner: a.owner ?? '' }, { owner: b.owner ?? '' }));
}

function nameDifference(
  day: string,
  { owner, lines }: OwnerLines,
  leaf: Leaf | undefined,
): SealDifference {
  const texts = lines.map(({ text }) => text);
  if (!leaf) return { day, what: 'evidence', owner, how: 'added', record: texts[0] ?? null };
  const first = firstDifference(texts, leaf.marks, sha256);
  const record = first && first.what !== 'missing' ? (texts[first.index] ?? null) : null;
  return { day, what: 'evidence', owner, how: first?.what ?? null, record };
}

async function findLeaf(db: Db, day: string, owner: string): Promise<Leaf | undefined> {
  const row = await db
    .selectFrom('seal_leaf')
    .selectAll()
    .where('day', '=', day)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return row && { day, owner, hash: row.hash, lines: row.line_count, marks: row.marks };
}
