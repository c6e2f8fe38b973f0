import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ensureBuild,
  ensureDependencies,
  ensurePackages,
  fail,
  needs,
  npm,
  npmBeside,
  requireNode,
  say,
} from './prepare.mjs';

requireNode();
ensureDependencies();
const missing = ensurePackages({ ...needs.ffmpeg, ...needs.tests });
if (missing.length > 0)
  fail(`The tests need ${missing.join(', ')}: apt-get install ${missing.join(' ')}`);

const reports = mkdtempSync(join(tmpdir(), 'jiangxue-reports-'));
let passed = 0;
let failed = 0;

async function step(name, args) {
  say(name);
  if ((await npmBeside(['run', '--silent', ...args])) === 0) passed += 1;
  else failed += 1;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Of a vitest report: how many tests ran, without those that run on the first engine only. */
function countShared(report) {
  const shared = (report?.testResults ?? []).filter(({ name }) => !name.endsWith('.once.test.ts'));
  const ran = shared.flatMap((file) => file.assertionResults);
  return ran.filter(({ status }) => status === 'passed' || status === 'failed').length;
}

/** Runs every suite on one engine; returns how many tests ran that run on both. */
function suites(engine) {
  say(`unit and integration suites on ${engine}`);
  const file = join(reports, `${engine}.json`);
  const options = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const env = { ...process.env, TEST_ENGINE: engine };
  const { status } = npm(['exec', '--', 'vitest', 'run', ...options], { env });
  const report = readReport(file);
  passed += report?.numPassedTests ?? 0;
  failed += report?.numFailedTests ?? 0;
  if (status !== 0 && (report?.numFailedTests ?? 0) === 0) failed += 1;
  return countShared(report);
}

await Promise.all([
  step('lint', ['lint']),
  step('format', ['format:check', '--', '--log-level=warn']).then(() =>
    step('types', ['typecheck']),
  ),
]);
const ran = { sqlite: suites('sqlite'), postgres: suites('postgres') };
console.log(`tests per engine: sqlite ${ran.sqlite}, postgres ${ran.postgres}`);
if (ran.sqlite !== ran.postgres) {
  console.error('One engine ran fewer tests than the other.');
  failed += 1;
}
ensureBuild();
say('browser journeys');
const browserReport = join(reports, 'browser.json');
const browser = npm(['exec', '--', 'playwright', 'test'], {
  env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
});
const stats = readReport(browserReport)?.stats;
passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
failed += stats?.unexpected ?? 0;
if (browser.status !== 0 && !stats?.unexpected) failed += 1;
rmSync(reports, { recursive: true, force: true });

console.log(`total: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
