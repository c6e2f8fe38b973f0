import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleSet } from '../class-hours/rule-set';
import { LeafCheck, type Finding } from './check-leaves.server';
import { TotalsCheck } from './check-totals.server';
import { addRecord, noRecords } from './learner-records';
import type { StoredSeal } from './list-seals.server';
import { FILES, isWhole, type LeafProof, type PackageManifest } from './package-format';
import { PackageReader, type PackageLine } from './package-reader.server';
import { recountLearner, type CountingFacts } from './recount-learner';

/** What a check of a package found. */
export interface PackageCheck {
  manifest: PackageManifest;
  records: number;
  unsealedRecords: number;
  learners: number;
  leaves: number;
  totals: number;
  seals: number;
  /** What differs, records first; empty when the package is whole and right. */
  findings: Finding[];
}

const MOST_FINDINGS = 1_000;

/**
 * Checks the package in `folder` by itself: files, seals, records and totals. Streams; its memory holds one learner's
 * records and the facts of classes. Throws when there is no manifest. Runs without the platform.
 */
export async function verifyPackage(folder: string): Promise<PackageCheck> {
  const manifestFile = join(folder, 'manifest.json');
  if (!existsSync(manifestFile))
    throw new Error(`${folder} is no package: manifest.json is missing`);
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as PackageManifest;
  const findings: Finding[] = [];
  const say = (finding: Finding) => {
    if (findings.length < MOST_FINDINGS) findings.push(finding);
  };
  const seals = (await readAll(folder, FILES.seals)) as unknown as StoredSeal[];
  const leafCheck = new LeafCheck(seals, await readProofs(folder, manifest), say);
  const totalsCheck = await TotalsCheck.open(folder, say);
  const facts = await readFacts(folder, manifest.zone);
  const evidence = await PackageReader.open(folder, FILES.evidence);
  const leaves = await PackageReader.open(folder, FILES.leaves);
  let [records, learners] = [0, 0];
  while (evidence.next) {
    const owner = evidence.next.value?.owner;
    if (typeof owner !== 'string') {
      const { number } = (await evidence.advance())!;
      say({
        file: FILES.evidence,
        line: number,
        says: 'a record outside any day 记录不属于任何一天',
      });
      continue;
    }
    const days = await takeOwner(evidence, owner);
    records += days.reduce((sum, day) => sum + day.records.length, 0);
    await leafCheck.checkOwner(owner, days, leaves);
    const lines = days.flatMap((day) => day.records);
    if (owner.startsWith('class:')) addRuleSets(facts, owner.slice(6), lines);
    if (!owner.startsWith('person:')) continue;
    learners += 1;
    await recount(owner.slice(7), lines, { facts, totalsCheck, say, at: days[0]?.heading ?? 0 });
  }
  await leafCheck.finish(leaves);
  await totalsCheck.finish();
  leafCheck.checkChain();
  await checkFiles(folder, manifest, say);
  const last = seals.at(-1);
  if ((manifest.lastSeal?.hash ?? '') !== (last?.hash ?? '')) {
    say({
      file: FILES.seals,
      line: seals.length,
      says: 'the last seal is not that of the manifest 末日封存与清单不符',
    });
  }
  const { unsealedRecords, leaves: leafCount } = leafCheck;
  const counts = { records, unsealedRecords, learners, leaves: leafCount, seals: seals.length };
  return { manifest, ...counts, totals: totalsCheck.totals, findings };
}

async function takeOwner(evidence: PackageReader, owner: string) {
  const days: { day: string; heading: number; records: PackageLine[] }[] = [];
  while (evidence.next?.value?.owner === owner) {
    const heading = (await evidence.advance())!;
    const records = await evidence.takeWhile(({ value }) => value?.owner === undefined);
    days.push({ day: String(heading.value?.day), heading: heading.number, records });
  }
  return days;
}

async function recount(
  personId: string,
  lines: readonly PackageLine[],
  given: {
    facts: CountingFacts;
    totalsCheck: TotalsCheck;
    say: (finding: Finding) => void;
    at: number;
  },
): Promise<void> {
  const records = noRecords();
  for (const { value } of lines) if (value) addRecord(records, value);
  let counted;
  try {
    counted = recountLearner(records, given.facts);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const says = `the records of ${personId} cannot be counted: ${why} 无法重新计算`;
    given.say({ file: FILES.evidence, line: given.at, says });
    counted = { lessons: new Map(), lessonDays: new Map(), learnerDays: new Map() };
  }
  await given.totalsCheck.checkLearner(personId, counted);
}

function addRuleSets(facts: CountingFacts, classId: string, lines: readonly PackageLine[]): void {
  const dated = lines
    .filter(({ value }) => value?.kind === 'class-rule-set')
    .map(({ value }) => {
      return {
        fromDay: String(value?.fromDay),
        ruleSetVersionId: String(value?.ruleSetVersionId),
        at: Number(value?.at),
      };
    })
    // Of two decisions about the same first day the later one holds.
    .sort((a, b) => (a.fromDay < b.fromDay ? -1 : a.fromDay > b.fromDay ? 1 : a.at - b.at));
  (facts.laterRuleSets as Map<string, typeof dated>).set(classId, dated);
}

async function readAll(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const reader = await PackageReader.open(folder, name);
  return (await reader.takeWhile(() => true)).map(({ value }) => value ?? {});
}

async function readProofs(folder: string, manifest: PackageManifest) {
  if (isWhole(manifest.scope)) return undefined;
  const proofs = (await readAll(folder, FILES.proofs)) as unknown as LeafProof[];
  return new Map(proofs.map((proof) => [`${proof.day} ${proof.owner}`, proof]));
}

async function readFacts(folder: string, zone: string): Promise<CountingFacts> {
  const classes = (await readAll(folder, FILES.classes)) as unknown as {
    id: string;
    startsOn: string;
    endsOn: string;
    ruleSetVersionId: string;
  }[];
  const ruleSets = (await readAll(folder, FILES.ruleSets)) as unknown as (RuleSet & {
    id: string;
  })[];
  return {
    zone,
    classes: new Map(classes.map((row) => [row.id, row])),
    ruleSets: new Map(ruleSets.map((row) => [row.id, row])),
    laterRuleSets: new Map(),
  };
}

async function checkFiles(
  folder: string,
  manifest: PackageManifest,
  say: (finding: Finding) => void,
): Promise<void> {
  for (const { name, sha256 } of manifest.files) {
    const path = join(folder, name);
    if (!existsSync(path)) {
      say({ file: name, line: 0, says: 'the file is missing 缺少文件' });
      continue;
    }
    const hash = createHash('sha256');
    for await (const part of createReadStream(path)) hash.update(part as Buffer);
    if (hash.digest('hex') !== sha256) {
      say({ file: name, line: 0, says: 'the file is not as the manifest says 文件与清单不符' });
    }
  }
}
