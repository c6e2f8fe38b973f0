import type { Db } from '~db/client.server';
import { personOwner } from './day-leaves.server';
import { openLineWriter } from './file-writer.server';
import type { StoredSeal } from './list-seals.server';
import { pathOf, treeLevels } from './merkle-tree';
import { FILES, type LeafProof, type PackageManifest } from './package-format';
import { listLeafHashes } from './seal-days.server';
import { sha256 } from './sha256.server';

/** For a package without all leaves of a day: what leads from its leaves to the day's sealed root. */
export async function writeProofs(
  db: Db,
  folder: string,
  given: { people: readonly string[]; seals: readonly StoredSeal[] },
): Promise<PackageManifest['files'][number]> {
  const file = await openLineWriter(folder, FILES.proofs);
  const owners = new Set(given.people.map(personOwner));
  for (const { day, leaves: size } of given.seals) {
    if (size === 0) continue;
    const leaves = await listLeafHashes(db, day);
    const levels = treeLevels(
      leaves.map(({ hash }) => hash),
      sha256,
    );
    for (const [index, { owner }] of leaves.entries()) {
      if (!owners.has(owner) && !owner.startsWith('class:')) continue;
      const proof: LeafProof = { day, owner, index, path: pathOf(levels, index) };
      await file.write(JSON.stringify(proof));
    }
  }
  return file.end();
}
