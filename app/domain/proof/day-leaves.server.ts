import type { Db } from '~db/client.server';
import { inChunks } from '../shared/in-chunks';
import { classRuleSetLine, sortLines, type EvidenceLine } from './evidence-line';
import { listArrivals } from './list-arrivals.server';
import { loadEvidenceLines, type ArrivalRange } from './load-evidence-lines.server';

const PEOPLE_AT_ONCE = 2;

/** What arrived of one learner or class. */
export interface OwnerLines {
  owner: string;
  lines: EvidenceLine[];
}

export const personOwner = (personId: string) => `person:${personId}`;
export const classOwner = (classId: string) => `class:${classId}`;

/** The stored arrivals of `[fromAt, toAt)`, a few owners at a time; owners come in no order. */
export async function* dayLines(db: Db, range: ArrivalRange): AsyncIterable<OwnerLines[]> {
  const { sessionsByPerson, classIds } = await listArrivals(db, range);
  for (const some of inChunks(classIds, PEOPLE_AT_ONCE)) {
    const lines = await loadClassLines(db, some, range);
    yield [...lines].map(([classId, own]) => ({ owner: classOwner(classId), lines: own }));
  }
  for (const some of inChunks([...sessionsByPerson], PEOPLE_AT_ONCE)) {
    const people = some.map(([personId]) => personId);
    const sessionIds = some.flatMap(([, ids]) => ids);
    const lines = await loadEvidenceLines(db, people, range, sessionIds);
    yield [...lines]
      .filter(([, own]) => own.length > 0)
      .map(([personId, own]) => ({ owner: personOwner(personId), lines: own }));
  }
}

/** The dated rule sets of these classes as sorted lines by class; decided within `range` only, where it is given. */
export async function loadClassLines(
  db: Db,
  classIds: readonly string[],
  range?: ArrivalRange,
): Promise<Map<string, EvidenceLine[]>> {
  const found = new Map(classIds.map((id): [string, EvidenceLine[]] => [id, []]));
  if (classIds.length === 0) return found;
  const rows = await db
    .selectFrom('class_rule_set')
    .selectAll()
    .where('class_id', 'in', classIds)
    .execute();
  for (const row of rows) {
    if (range && (row.decided_at < range.fromAt || range.toAt <= row.decided_at)) continue;
    found.get(row.class_id)?.push(classRuleSetLine(row));
  }
  for (const lines of found.values()) sortLines(lines);
  return found;
}
