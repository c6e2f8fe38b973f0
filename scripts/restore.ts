import { resolve } from 'node:path';
import { openDatabase } from '~db/client.server';
import { restoreDatabase } from '~db/restore.server';
import { readEnvironment } from '~/infra/environment.server';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error(
    'npm run restore -- DIR: the folder of a backup; DATABASE_URL names an empty database',
  );
  process.exit(2);
}
const client = openDatabase(readEnvironment(process.env).databaseUrl);
try {
  const rows = await restoreDatabase(client, resolve(folder), Date.now());
  console.log(`${rows} rows restored.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await client.close();
}
