import { openDatabase } from '~db/client.server';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import { verifySeals } from '~/domain/proof/verify-seals.server';
import { readEnvironment } from '~/infra/environment.server';

const settings = readEnvironment(process.env);
const client = openDatabase(settings.databaseUrl, settings);
const totals = await reconcile(client.db, settings.zone);
const seals = await verifySeals(client.db);
await client.close();
for (const difference of [...totals, ...seals]) console.error(JSON.stringify(difference));
console.log(
  totals.length + seals.length === 0
    ? 'Every total is what the evidence amounts to, and every sealed day is as it was sealed.'
    : `${totals.length} totals and ${seals.length} sealed days differ.`,
);
process.exit(totals.length + seals.length === 0 ? 0 : 1);
