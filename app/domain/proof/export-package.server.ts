import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '~db/client.server';
import { recordAudit } from '../audit/record-audit.server';
import { Conflict } from '../shared/errors';
import { openLineWriter } from './file-writer.server';
import { listSeals } from './list-seals.server';
import { FILES, isWhole, type PackageManifest, type PackageScope } from './package-format';
import { PACKAGE_README } from './package-readme';
import { writeFacts } from './write-facts.server';
import { writeOwners } from './write-owners.server';
import { writeProofs } from './write-proofs.server';

/**
 * Writes evidence, facts, totals and seals as of one moment into `folder` (new or empty), with `verifier`, the text of a
 * program that checks them without us. One person after the other, so that memory stays flat. The manifest comes
 * last: without it a folder is no package. Writes an audit row. Throws Conflict for a folder that is not empty.
 * It holds a read transaction while it writes files: call it from a process of its own. `now` is epoch ms.
 */
export async function exportPackage(
  db: Db,
  folder: string,
  given: { scope: PackageScope; zone: string; now: number; verifier: string },
): Promise<PackageManifest> {
  const { scope, zone, now } = given;
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new Conflict('not-empty', `${folder} is not empty; nothing was written`);
  }
  const manifest = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx): Promise<PackageManifest> => {
      const seals = await listSeals(trx);
      const sealFile = await openLineWriter(folder, FILES.seals);
      for (const seal of seals) await sealFile.write(JSON.stringify(seal));
      const people = await listPeople(trx, scope);
      const files = [
        await sealFile.end(),
        ...(await writeFacts(trx, folder, people)),
        ...(await writeOwners(trx, folder, { people, scope, seals, zone })),
        ...(isWhole(scope) ? [] : [await writeProofs(trx, folder, { people, seals })]),
      ];
      const last = seals.at(-1);
      const lastSeal = last ? { day: last.day, hash: last.hash } : null;
      return { format: 1, createdAt: new Date(now).toISOString(), zone, scope, lastSeal, files };
    });
  await writeFile(join(folder, 'README.md'), PACKAGE_README, { mode: 0o600 });
  await writeFile(join(folder, 'verify.mjs'), given.verifier, { mode: 0o600 });
  await chmod(folder, 0o700);
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeFile(join(folder, 'manifest.json'), text, { mode: 0o600 });
  await recordAudit(db, {
    at: now,
    actorId: null,
    organizationId: null,
    action: 'export-evidence',
    subjectType: scope.classId ? 'class' : 'platform',
    subjectId: scope.classId ?? 'platform',
    detail: { ...scope, files: manifest.files.length, lastSeal: manifest.lastSeal?.hash ?? '' },
  });
  return manifest;
}

/** The learners of a package, in the order of their ids (UTF-16 code units). */
async function listPeople(db: Db, { classId, from, to }: PackageScope): Promise<string[]> {
  let query = db.selectFrom('enrollment').select('enrollment.person_id').distinct();
  if (classId) query = query.where('enrollment.class_id', '=', classId);
  if (from ?? to) {
    query = query
      .innerJoin('lesson_day', 'lesson_day.enrollment_id', 'enrollment.id')
      .where('lesson_day.day', '>=', from ?? '')
      .where('lesson_day.day', '<=', to ?? '9999-12-31');
  }
  return (await query.execute()).map((row) => row.person_id).sort();
}
