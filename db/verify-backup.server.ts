import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, type MediaListing } from './backup.server';
import { backupManifest, type BackupManifest } from './backup-format';

/** The manifest of a backup folder; throws when it is missing or not one of ours. */
export async function readBackupManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new Error(`${folder} is not a finished backup: it has no manifest.json`);
  });
  return backupManifest.parse(JSON.parse(text));
}

/**
 * What is wrong with a backup, one sentence each; empty when every table file is as it was written
 * and, where `media` is given, every object of the manifest lies there unchanged: by its checksum
 * where both then and now it is a file of this machine, otherwise by its bytes.
 */
export async function verifyBackup(folder: string, media?: MediaListing): Promise<string[]> {
  const manifest = await readBackupManifest(folder);
  const wrong: string[] = [];
  for (const table of manifest.tables) {
    const found = await hashFile(join(folder, 'tables', `${table.name}.ndjson`)).catch(
      () => undefined,
    );
    if (found === undefined) wrong.push(`table ${table.name} is missing`);
    else if (found !== table.sha256) wrong.push(`table ${table.name} was altered`);
  }
  if (media === undefined) return wrong;
  const present = new Map<string, { bytes: number; file: string | undefined }>();
  for await (const object of media.list()) present.set(object.key, object);
  for (const { key, bytes, sha256 } of manifest.media) {
    const found = present.get(key);
    if (!found) wrong.push(`media ${key} is missing`);
    else if (found.bytes !== bytes || (await isAltered(found.file, sha256))) {
      wrong.push(`media ${key} was altered`);
    }
  }
  return wrong;
}

async function isAltered(file: string | undefined, sha256: string | null): Promise<boolean> {
  return file !== undefined && sha256 !== null && (await hashFile(file)) !== sha256;
}
