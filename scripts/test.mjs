import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
/** What failed, to be named once more at the end: it stands far above by then. */
const failures = [];

async function step(name, args) {
  say(name);
  if ((await npmBeside(['run', '--silent', ...args])) === 0) passed += 1;
  else failures.push(name);
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

/** Of a vitest report: the tests that failed, with the first line of why. */
function failedTests(report) {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => {
        const [why = ''] = (failureMessages[0] ?? '').split('\n');
        return `${relative(process.cwd(), name)}: ${fullName}: ${why}`;
      }),
  );
}

/** The same of a part of a Playwright report. */
function failedJourneys(part) {
  const inside = (part?.suites ?? []).flatMap((suite) => failedJourneys(suite));
  const here = (part?.specs ?? []).filter(({ ok }) => !ok);
  return [...inside, ...here.map(({ file, title }) => `e2e/${file}: ${title}`)];
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
  const named = failedTests(report).map((test) => `${engine}: ${test}`);
  if (status !== 0 && named.length === 0) named.push(`suites on ${engine}, not one test of them`);
  failures.push(...named);
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
if (ran.sqlite !== ran.postgres) failures.push('one engine ran fewer tests than the other');
ensureBuild();
say('browser journeys');
const browserReport = join(reports, 'browser.json');
const browser = npm(['exec', '--', 'playwright', 'test'], {
  env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
});
const journeys = readReport(browserReport);
passed += (journeys?.stats.expected ?? 0) + (journeys?.stats.flaky ?? 0);
const broken = failedJourneys(journeys);
if (browser.status !== 0 && broken.length === 0) broken.push('browser journeys, not one of them');
failures.push(...broken);
rmSync(reports, { recursive: true, force: true });

for (const name of failures) console.log(`failed: ${name}`);
console.log(`total: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
