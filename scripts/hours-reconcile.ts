import { openDatabase } from '~db/client.server';
import { describeDifference } from '~/domain/class-hours/difference';
import { findDifferences } from '~/domain/class-hours/reconcile.server';
import { verifySeals } from '~/domain/proof/verify-seals.server';
import { readEnvironment } from '~/infra/environment.server';

const settings = readEnvironment(process.env);
const client = openDatabase(settings.databaseUrl, settings);
let totals = 0;
for await (const difference of findDifferences(client.db, settings.zone)) {
  totals += 1;
  console.error(describeDifference(difference));
}
const seals = await verifySeals(client.db);
await client.close();
for (const { day, what, owner, how, record } of seals) {
  const named = [owner, how, record].filter((part) => part !== null).join(' ');
  console.error(`sealed day ${day}: ${what} differs. ${named}`.trim());
}
console.log(
  totals + seals.length === 0
    ? 'Every total is what the evidence amounts to, and every sealed day is as it was sealed.'
    : `${totals} totals and ${seals.length} records of sealed days differ.`,
);
process.exit(totals + seals.length === 0 ? 0 : 1);
