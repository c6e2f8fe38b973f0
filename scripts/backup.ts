import { resolve } from 'node:path';
import { openDatabase } from '~db/client.server';
import { backUpDatabase } from '~db/backup.server';
import { readEnvironment } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('npm run backup -- DIR: a new folder for the backup');
  process.exit(2);
}
const settings = readEnvironment(process.env);
const client = openDatabase(settings.databaseUrl);
const store = openMediaStore(settings.mediaUrl, settings.dataDir);
const manifest = await backUpDatabase(client, resolve(folder), Date.now(), store);
await client.close();
const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
console.log(
  `${resolve(folder)}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.media.length} media listed`,
);
