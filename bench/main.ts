import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row';
import { run as runBeats } from './beats';
import { run as runHistory } from './beats-history';
import { run as runMemory } from './beats-memory';
import { run as runCoEditing } from './co-editing';
import { run as runConversion } from './conversion';
import { run as runCourseSize } from './course-size';
import { run as runFirstFrame } from './first-frame';
import { run as runFirstPage } from './first-page';
import { run as runKills } from './kills';
import { run as runPages } from './pages';
import { run as runRealFiles } from './real-files';
import { run as runReports } from './reports';
import { run as runSegments } from './segments';
import { run as runTenLearners } from './ten-learners';
import { run as runUploads } from './uploads';

// npm run bench [-- --json FILE] [name ...]; the names are these:
const benches = {
  beats: runBeats,
  'beats-history': runHistory,
  'beats-memory': runMemory,
  reports: runReports,
  pages: runPages,
  'first-page': runFirstPage,
  segments: runSegments,
  uploads: runUploads,
  'first-frame': runFirstFrame,
  'ten-learners': runTenLearners,
  kills: runKills,
  conversion: runConversion,
  'real-files': runRealFiles,
  'co-editing': runCoEditing,
  'course-size': runCourseSize,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' } },
  allowPositionals: true,
});
const rows: BenchRow[] = [];
for (const [name, run] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`· ${name}`);
  rows.push(...(await run()));
}
const width = Math.max(...rows.map(({ name }) => name.length));
for (const { name, value, unit, note } of rows) {
  const figure = value.toLocaleString('en').padStart(10);
  console.log(`${name.padEnd(width)} ${figure} ${unit.padEnd(12)}${note ? `  ${note}` : ''}`);
}
if (rows.some(({ wrong }) => wrong)) process.exitCode = 1;
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
