import { build } from 'esbuild';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '~db/client.server';
import { exportPackage } from '~/domain/proof/export-package.server';
import { readEnvironment } from '~/infra/environment.server';

const usage = 'npm run hours:export -- DIR [--class ID] [--from DAY] [--to DAY]: a new folder';
const day = /^\d{4}-\d{2}-\d{2}$/;
const text = { type: 'string' } as const;
function readArguments() {
  try {
    const options = { class: text, from: text, to: text };
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const { class: classId, from, to } = values;
    const [folder, ...more] = positionals;
    const areDays = [from, to].every((one) => one === undefined || day.test(one));
    if (folder && more.length === 0 && areDays) return { folder, classId, from, to };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  console.error(usage);
  process.exit(2);
}

const { folder, classId, from, to } = readArguments();
const settings = readEnvironment(process.env);
const bundled = await build({
  entryPoints: [join(import.meta.dirname, 'verify-package.ts')],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  charset: 'utf8',
});
const client = openDatabase(settings.databaseUrl, settings);
const scope = { ...(classId && { classId }), ...(from && { from }), ...(to && { to }) };
const verifier = bundled.outputFiles[0]?.text ?? '';
const given = { scope, zone: settings.zone, now: Date.now(), verifier };
const manifest = await exportPackage(client.db, resolve(folder), given);
await client.close();
const lines = manifest.files.reduce((sum, file) => sum + file.lines, 0);
console.log(`${resolve(folder)}: ${manifest.files.length} files, ${lines} lines.`);
console.log(
  `Last seal: ${manifest.lastSeal ? Object.values(manifest.lastSeal).join(' ') : 'none'}`,
);
console.log(`Check it anywhere with Node: node ${join(folder, 'verify.mjs')} ${folder}`);
