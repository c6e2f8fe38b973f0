import type { Db } from '~db/client.server';
import { dayAt } from '../class-hours/platform-day';
import { parseRanges } from '../class-hours/ranges';
import { inChunks } from '../shared/in-chunks';
import { classOwner, loadClassLines, personOwner } from './day-leaves.server';
import type { EvidenceLine } from './evidence-line';
import { openLineWriter, type LineWriter } from './file-writer.server';
import type { StoredSeal } from './list-seals.server';
import { loadEvidenceLines } from './load-evidence-lines.server';
import { FILES, isWhole, type PackageManifest, type PackageScope } from './package-format';

const OWNERS_AT_ONCE = 8;

interface Files {
  evidence: LineWriter;
  leaves: LineWriter;
  lessonTotals: LineWriter;
  lessonDays: LineWriter;
  learnerDays: LineWriter;
}

/** Writes the evidence, the sealed leaves and the totals of each owner, in the order of their names. */
export async function writeOwners(
  db: Db,
  folder: string,
  given: {
    people: readonly string[];
    scope: PackageScope;
    seals: readonly StoredSeal[];
    zone: string;
  },
): Promise<PackageManifest['files']> {
  const open = (name: string) => openLineWriter(folder, name);
  const files: Files = {
    evidence: await open(FILES.evidence),
    leaves: await open(FILES.leaves),
    lessonTotals: await open(FILES.lessonTotals),
    lessonDays: await open(FILES.lessonDays),
    learnerDays: await open(FILES.learnerDays),
  };
  const dayOf = dayNames(given.seals, given.zone);
  const classIds = await listOwningClasses(db, given);
  for (const some of inChunks(classIds, OWNERS_AT_ONCE)) {
    const lines = await loadClassLines(db, some);
    const owned = some.map((id): [string, EvidenceLine[]] => [classOwner(id), lines.get(id) ?? []]);
    await writeEvidence(db, files, owned, dayOf);
  }
  for (const some of inChunks(given.people, OWNERS_AT_ONCE)) {
    const lines = await loadEvidenceLines(db, some);
    const owned = some.map((id): [string, EvidenceLine[]] => [
      personOwner(id),
      lines.get(id) ?? [],
    ]);
    await writeEvidence(db, files, owned, dayOf);
    await writeTotals(db, files, some);
  }
  return Promise.all(Object.values(files).map((file: LineWriter) => file.end()));
}

/** Classes with dated rule sets; in a narrowed package those in which its learners are. */
async function listOwningClasses(
  db: Db,
  { people, scope }: { people: readonly string[]; scope: PackageScope },
): Promise<string[]> {
  const dated = await db.selectFrom('class_rule_set').select('class_id').distinct().execute();
  const sealed = dated.map((row) => row.class_id);
  if (isWhole(scope)) return sealed.sort();
  const theirs = new Set<string>();
  for (const some of inChunks(people, 500)) {
    const rows = await db
      .selectFrom('enrollment')
      .select('class_id')
      .distinct()
      .where('person_id', 'in', some)
      .execute();
    for (const row of rows) theirs.add(row.class_id);
  }
  return sealed.filter((id) => theirs.has(id)).sort();
}

/** The day a moment was sealed in, or will be. */
function dayNames(seals: readonly StoredSeal[], zone: string): (at: number) => string {
  const lastAt = seals.at(-1)?.toAt ?? 0;
  return (at) => {
    if (at >= lastAt) return dayAt(at, zone).day;
    let [low, high] = [0, seals.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (seals[middle]!.toAt <= at) low = middle + 1;
      else high = middle;
    }
    return seals[low]!.day;
  };
}

async function writeEvidence(
  db: Db,
  { evidence, leaves }: Files,
  owned: readonly [owner: string, lines: EvidenceLine[]][],
  dayOf: (at: number) => string,
): Promise<void> {
  const sealed = await db
    .selectFrom('seal_leaf')
    .innerJoin('seal', 'seal.day', 'seal_leaf.day')
    .selectAll('seal_leaf')
    .where(
      'owner',
      'in',
      owned.map(([owner]) => owner),
    )
    .orderBy('seal_leaf.day')
    .execute();
  for (const [owner, lines] of owned) {
    for (const row of sealed) {
      if (row.owner !== owner) continue;
      const { day, hash, line_count: count, marks } = row;
      await leaves.write(JSON.stringify({ owner, day, hash, lines: count, marks }));
    }
    const byDay = new Map<string, EvidenceLine[]>();
    for (const line of lines) {
      const day = dayOf(line.at);
      const known = byDay.get(day);
      if (known) known.push(line);
      else byDay.set(day, [line]);
    }
    for (const day of [...byDay.keys()].sort()) {
      await evidence.write(JSON.stringify({ owner, day }));
      await evidence.write(...byDay.get(day)!.map(({ text }) => text));
    }
  }
}

const byPerson = (a: { personId: string }, b: { personId: string }) =>
  a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0;

async function writeTotals(db: Db, files: Files, people: readonly string[]): Promise<void> {
  const totals = await db
    .selectFrom('lesson_total')
    .selectAll()
    .where('person_id', 'in', people)
    .orderBy('enrollment_id')
    .orderBy('lesson_id')
    .execute();
  const lessons = totals.map((row) => ({
    personId: row.person_id,
    enrollmentId: row.enrollment_id,
    lessonId: row.lesson_id,
    creditedMs: row.credited_ms,
    correctedMs: row.corrected_ms,
    coveredMs: row.covered_ms,
    spentMs: row.spent_ms,
    coverage: parseRanges(row.coverage),
    complete: row.complete === 1,
  }));
  const lessonDays = await db
    .selectFrom('lesson_day')
    .innerJoin('enrollment', 'enrollment.id', 'lesson_day.enrollment_id')
    .where('enrollment.person_id', 'in', people)
    .orderBy('enrollment_id')
    .orderBy('lesson_id')
    .orderBy('day')
    .select(['enrollment.person_id as personId', 'enrollment_id as enrollmentId'])
    .select(['lesson_id as lessonId', 'day', 'lesson_day.credited_ms as creditedMs'])
    .select(['lesson_day.corrected_ms as correctedMs', 'lesson_day.spent_ms as spentMs'])
    .execute();
  const learnerDays = await db
    .selectFrom('learner_day')
    .where('person_id', 'in', people)
    .orderBy('day')
    .select(['person_id as personId', 'day', 'credited_ms as creditedMs'])
    .select(['spent_ms as spentMs', 'presence_ms as presenceMs'])
    .execute();
  for (const row of lessons.sort(byPerson)) await files.lessonTotals.write(JSON.stringify(row));
  for (const row of lessonDays.sort(byPerson)) await files.lessonDays.write(JSON.stringify(row));
  for (const row of learnerDays.sort(byPerson)) await files.learnerDays.write(JSON.stringify(row));
}
