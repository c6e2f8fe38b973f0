import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { correctClassHours } from '../class-hours/correct-class-hours.server';
import { makeRuleSet } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import { exportPackage } from './export-package.server';
import type { PackageScope } from './package-format';
import { sealDays, SEAL_MARGIN_MS } from './seal-days.server';
import { DAY, liveDays, MINUTE, MONDAY, ZONE, type LivedDays } from './testing-lived-days.server';

let client: DatabaseClient;
let lived: LivedDays;
let verifier: string;
let root: string;
let folder: string;
beforeAll(async () => {
  const bundled = await build({
    entryPoints: [resolve(import.meta.dirname, '../../../scripts/verify-package.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  verifier = bundled.outputFiles[0]!.text;
  root = mkdtempSync(join(tmpdir(), 'jiangxue-package-'));
  client = await openTestDatabase({ clockDriven: true });
  lived = await liveDays(client);
  await lived.study(0, MONDAY, 8);
  await lived.study(1, MONDAY + 3 * MINUTE, 4, 1);
  await lived.study(0, MONDAY + DAY, 9);
  await sealDays(client.db, { zone: ZONE, now: MONDAY + DAY + 16 * 3_600_000 + SEAL_MARGIN_MS });
  // Studied after the last seal, rule sets from a day on, one of them put right, and a correction.
  await lived.study(1, MONDAY + 2 * DAY, 2, 1);
  const version = await client.db
    .selectFrom('training_class')
    .select('rule_set_version_id')
    .executeTakeFirstOrThrow();
  const mistaken = { rule_set_version_id: await makeRuleSet(client.db, { dailyCapMs: 1000 }) };
  const decision = {
    class_id: lived.world.classId,
    decided_by: lived.world.manager.personId,
    decided_at: MONDAY + 2 * DAY,
  };
  const decisions = [
    { ...version, ...decision, id: 'c', from_day: '2026-11-05', reason: '试用' },
    { ...mistaken, ...decision, id: 'b', from_day: '2026-11-01', reason: '选错了' },
    { ...version, ...decision, id: 'a', from_day: '2026-11-01', reason: '改回来' },
  ].map((one, index) => ({ ...one, decided_at: one.decided_at + index }));
  await client.db.insertInto('class_rule_set').values(decisions).execute();
});
afterAll(async () => {
  await client.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(root, 'of-'));
});

const write = (scope: PackageScope = {}) =>
  exportPackage(client.db, folder, { scope, zone: ZONE, now: MONDAY + 3 * DAY, verifier });

/** Runs the package's own verifier, as somebody without the platform does. */
function verify(...args: string[]) {
  const ran = spawnSync(process.execPath, [join(folder, 'verify.mjs'), folder, ...args], {
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  const first = /第一处：\n {2}(.*)/.exec(ran.stderr)?.[1];
  return { code: ran.status, said: ran.stdout, first, all: ran.stderr };
}

/** Changes a file of the package by its lines. */
function change(name: string, edit: (lines: string[]) => void): void {
  const path = join(folder, name);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  edit(lines);
  writeFileSync(path, `${lines.join('\n')}\n`);
}

const beatLine = (lines: string[], seq: number) =>
  lines.findIndex((line) => line.includes('"kind":"beat"') && line.includes(`"seq":${seq},`));

test('an untouched package agrees, and is checked on a machine without the platform', async () => {
  const manifest = await write();
  const { code, said, all } = verify();
  expect([all, code]).toEqual(['', 0]);
  expect(said).toContain('全部一致');
  expect(said).toContain(manifest.lastSeal!.hash);
  expect(verify('--seal', manifest.lastSeal!.hash).code).toBe(0);
  expect(verify('--seal', 'f'.repeat(64))).toMatchObject({ code: 1 });
});

test('a folder that holds something is left alone', async () => {
  writeFileSync(join(folder, 'letter.txt'), 'Dear auditor');
  await expect(write()).rejects.toThrow('not empty');
});

test.each([
  [
    'a digit of a beat was changed',
    (lines: string[]) => {
      const at = beatLine(lines, 3);
      lines[at] = lines[at]!.replace('"wallToMs":180000', '"wallToMs":170000');
      return [at + 1, 'altered' as const];
    },
  ],
  [
    'a beat was dropped',
    (lines: string[]) => {
      const at = beatLine(lines, 3);
      lines.splice(at, 1);
      return [at + 1, 'missing' as const];
    },
  ],
  [
    'a beat was added',
    (lines: string[]) => {
      const at = beatLine(lines, 3);
      lines.splice(at + 1, 0, lines[at]!.replace('"seq":3,', '"seq":99,'));
      return [at + 2, 'added' as const];
    },
  ],
  [
    'two beats changed places',
    (lines: string[]) => {
      const at = beatLine(lines, 3);
      lines.splice(at, 2, lines[at + 1]!, lines[at]!);
      return [at + 1, 'moved' as const];
    },
  ],
])('the line is named where %s', async (_, edit) => {
  const says = {
    altered: 'this record is not the one that was sealed',
    missing: 'a record that stood here is missing',
    added: 'this record was added after sealing',
    moved: 'records have changed places here',
  };
  await write();
  let wanted: ReturnType<typeof edit> | undefined;
  change('evidence.ndjson', (lines) => {
    wanted = edit(lines);
  });
  const { code, first } = verify();
  expect(code).toBe(1);
  expect(first).toContain(`evidence.ndjson:${wanted![0]} `);
  expect(first).toContain(says[wanted![1] as keyof typeof says]);
});

test('a total that does not come of the records is named with both figures', async () => {
  await write();
  change('totals/lesson-totals.ndjson', (lines) => {
    lines[0] = lines[0]!.replace(/"creditedMs":\d+/, '"creditedMs":999');
  });
  const { code, first } = verify();
  expect(code).toBe(1);
  expect(first).toMatch(
    /totals\/lesson-totals\.ndjson:1 .*creditedMs is 999, counted from the rec/,
  );
});

test('a seal that was changed is named', async () => {
  await write();
  let at = 0;
  change('seals.ndjson', (lines) => {
    at = lines.findIndex((line) => line.includes('"day":"2026-11-02"'));
    lines[at] = lines[at]!.replace(/"hash":"../, '"hash":"zz');
  });
  const { code, first } = verify();
  expect(code).toBe(1);
  expect(first).toContain(`seals.ndjson:${at + 1} `);
});

test('a package of one class proves that its records lie in the sealed days of all', async () => {
  await write({ classId: lived.world.classId, from: '2026-11-03', to: '2026-11-03' });
  expect(verify()).toMatchObject({ code: 0, all: '' });
  const evidence = readFileSync(join(folder, 'evidence.ndjson'), 'utf8');
  expect(evidence).toContain(lived.world.learners[0]!.viewer.personId);
  expect(evidence).not.toContain(lived.world.learners[1]!.viewer.personId);
  change('proofs.ndjson', (lines) => {
    const monday = lines.findIndex((line) => line.includes('"day":"2026-11-02"'));
    lines[monday] = lines[monday]!.replace(/"path":\[".."?/, (path) => `${path.slice(0, -2)}zz`);
  });
  expect(verify()).toMatchObject({ code: 1 });
});

test('a correction belongs to the credit that the package proves, also of a lesson never played', async () => {
  for (const [learner, ms] of [
    [0, -60_000],
    [2, 90_000],
  ] as const) {
    const { enrollmentId } = lived.world.learners[learner]!;
    const lessonId = lived.world.course.lessons[0]!.id;
    await correctClassHours(
      client.db,
      lived.world.manager,
      { enrollmentId, lessonId, day: '2026-11-02', ms, reason: '查实更正' },
      { zone: ZONE, now: MONDAY + 2 * DAY },
    );
  }
  await write();
  expect(verify()).toMatchObject({ code: 0, all: '' });
  change('totals/lesson-totals.ndjson', (lines) => {
    const at = lines.findIndex((line) => line.includes('"correctedMs":90000'));
    lines[at] = lines[at]!.replace('"correctedMs":90000', '"correctedMs":0');
  });
  expect(verify().first).toContain('correctedMs is 0, counted from the records 90000');
});
