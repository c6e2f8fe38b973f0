import type { Db, Trx } from '~db/client.server';
import { inChunks } from '../shared/in-chunks';
import { planPeople } from './add-people.server';
import type { PersonEntry } from './people-plan';
import type { RosterPlace } from './roster-draft.server';
import { checkRoster, type RosterFault, type RosterRow } from './roster-rows';

export interface ReadyRow {
  row: RosterRow;
  entry: PersonEntry;
  /** Gets an account; others have one already. */
  isNew: boolean;
}

export interface RosterStanding {
  ready: ReadyRow[];
  /** To be repaired, each with column and reason. */
  bad: { row: RosterRow; faults: RosterFault[] }[];
  /** Nothing to do: they belong here already. */
  already: RosterRow[];
}

/** What importing the rows now would do; nothing is written. Rows of a class are learners. */
export async function checkRosterDraft(
  db: Db | Trx,
  place: RosterPlace,
  rows: RosterRow[],
): Promise<RosterStanding> {
  const checked = checkRoster(rows, place.classId ? 'learner' : undefined);
  const entries = checked.flatMap(({ entry }) => (entry ? [entry] : []));
  const plans = await planPeople(db, place.organization, entries);
  const planOf = new Map(entries.map((entry, n) => [entry, plans[n]]));
  const enrolled = await readEnrolled(
    db,
    place.classId,
    plans.flatMap((plan) => (plan.fault === undefined && plan.personId ? [plan.personId] : [])),
  );
  const standing: RosterStanding = { ready: [], bad: [], already: [] };
  const seen = new Map<string, number>();
  for (const { row, entry, faults } of checked) {
    const plan = entry && planOf.get(entry);
    if (!entry || !plan) {
      standing.bad.push({ row, faults });
      continue;
    }
    if (plan.fault !== undefined) {
      const column = plan.field === 'userName' ? 'name' : plan.field;
      standing.bad.push({ row, faults: [{ column, reason: plan.fault }] });
      continue;
    }
    const other = plan.personId && seen.get(plan.personId);
    if (other) {
      standing.bad.push({ row, faults: [{ column: 'name', reason: 'same-person', other }] });
      continue;
    }
    if (plan.personId) seen.set(plan.personId, row.row);
    const complete =
      plan.personId !== undefined && plan.addRoles.length + plan.addLogins.length === 0;
    if (complete && (!place.classId || enrolled.has(plan.personId ?? '')))
      standing.already.push(row);
    else standing.ready.push({ row, entry, isNew: plan.personId === undefined });
  }
  return standing;
}

async function readEnrolled(
  db: Db | Trx,
  classId: string | null,
  personIds: string[],
): Promise<Set<string>> {
  const enrolled = new Set<string>();
  if (!classId) return enrolled;
  for (const some of inChunks(personIds, 400)) {
    const rows = await db
      .selectFrom('enrollment')
      .select('person_id')
      .where('class_id', '=', classId)
      .where('person_id', 'in', some)
      .where('status', 'in', ['enrolled', 'completed'])
      .execute();
    for (const row of rows) enrolled.add(row.person_id);
  }
  return enrolled;
}
