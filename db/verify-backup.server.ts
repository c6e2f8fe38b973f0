import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from './backup.server';
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
 * and, where `mediaRoot` is given, every media file of the manifest lies there unchanged.
 */
export async function verifyBackup(folder: string, mediaRoot?: string): Promise<string[]> {
  const manifest = await readBackupManifest(folder);
  const wrong: string[] = [];
  for (const table of manifest.tables) {
    const found = await hashFile(join(folder, 'tables', `${table.name}.ndjson`)).catch(
      () => undefined,
    );
    if (found === undefined) wrong.push(`table ${table.name} is missing`);
    else if (found !== table.sha256) wrong.push(`table ${table.name} was altered`);
  }
  if (mediaRoot === undefined) return wrong;
  for (const media of manifest.media) {
    const file = join(mediaRoot, 'objects', media.key);
    const found = await stat(file).catch(() => undefined);
    if (!found) wrong.push(`media ${media.key} is missing`);
    else if (found.size !== media.bytes || (await hashFile(file)) !== media.sha256) {
      wrong.push(`media ${media.key} was altered`);
    }
  }
  return wrong;
}
