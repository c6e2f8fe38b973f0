import { resolve } from 'node:path';
import { verifyBackup } from '~db/verify-backup.server';
import { readEnvironment } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('npm run backup:verify -- DIR: the folder of a backup');
  process.exit(2);
}
const settings = readEnvironment(process.env);
const store = openMediaStore(settings.mediaUrl, settings.dataDir);
const wrong = await verifyBackup(resolve(folder), store);
for (const sentence of wrong) console.error(sentence);
console.log(
  wrong.length === 0
    ? 'The backup is whole, and its media are in place.'
    : `${wrong.length} differences.`,
);
process.exit(wrong.length === 0 ? 0 : 1);
