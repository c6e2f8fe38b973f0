import type { Db } from '~db/client.server';
import { letOthersIn } from './let-others-in.server';
import type { ArrivalRange } from './load-evidence-lines.server';

const SLICE_MS = 20 * 60_000;
const TABLES = ['beat', 'refused_beat'] as const;

/** Of whom something arrived: the sessions of which beats came, by learner; and the classes. */
export interface Arrivals {
  sessionsByPerson: Map<string, string[]>;
  classIds: string[];
}

/**
 * Finds whose evidence arrived in `[fromAt, toAt)`. Looks at 20 minutes at a time, so that no query is long; its
 * memory grows with the players of the day, not with their beats.
 */
export async function listArrivals(db: Db, { fromAt, toAt }: ArrivalRange): Promise<Arrivals> {
  const sessions = new Map<string, Set<string>>();
  const sessionsOf = (personId: string) => {
    const known = sessions.get(personId) ?? new Set<string>();
    sessions.set(personId, known);
    return known;
  };
  for (const table of TABLES) {
    for (const slice of await busySlices(db, table, { fromAt, toAt })) {
      for (const { id, personId } of await listSessions(db, table, slice)) {
        sessionsOf(personId).add(id);
      }
      await letOthersIn();
    }
  }
  for (const personId of await listOthers(db, { fromAt, toAt })) sessionsOf(personId);
  const classes = await db
    .selectFrom('class_rule_set')
    .select('class_id')
    .distinct()
    .where('decided_at', '>=', fromAt)
    .where('decided_at', '<', toAt)
    .execute();
  return {
    sessionsByPerson: new Map([...sessions].map(([personId, ids]) => [personId, [...ids]])),
    classIds: classes.map((row) => row.class_id),
  };
}

type BeatTableName = (typeof TABLES)[number];

/** The slices of the range; none where nothing arrived in all of it, as on days long before or between. */
async function busySlices(
  db: Db,
  table: BeatTableName,
  { fromAt, toAt }: ArrivalRange,
): Promise<ArrivalRange[]> {
  const any = await db
    .selectFrom(table)
    .select('seq')
    .where('arrived_at', '>=', fromAt)
    .where('arrived_at', '<', toAt)
    .limit(1)
    .executeTakeFirst();
  if (!any) return [];
  const slices: ArrivalRange[] = [];
  for (let from = fromAt; from < toAt; from += SLICE_MS) {
    slices.push({ fromAt: from, toAt: Math.min(toAt, from + SLICE_MS) });
  }
  return slices;
}

const listSessions = (db: Db, table: BeatTableName, { fromAt, toAt }: ArrivalRange) =>
  db
    .selectFrom('watch_session')
    .select(['id', 'person_id as personId'])
    .where('id', 'in', (eb) =>
      eb
        .selectFrom(table)
        .select('session_id')
        .where('arrived_at', '>=', fromAt)
        .where('arrived_at', '<', toAt),
    )
    .execute();

/** The learners of whom anything else than a beat arrived. */
async function listOthers(db: Db, { fromAt, toAt }: ArrivalRange): Promise<Set<string>> {
  const [checks, questions] = ['presence_check', 'presence_question'] as const;
  const rows = await db
    .selectFrom('watch_session')
    .select('person_id')
    .where('started_at', '>=', fromAt)
    .where('started_at', '<', toAt)
    .union(
      db
        .selectFrom(checks)
        .select('person_id')
        .where((eb) =>
          eb.or([
            eb.and([eb('asked_at', '>=', fromAt), eb('asked_at', '<', toAt)]),
            eb.and([eb('passed_at', '>=', fromAt), eb('passed_at', '<', toAt)]),
          ]),
        ),
    )
    .union(
      db
        .selectFrom(questions)
        .innerJoin(checks, 'presence_check.id', 'presence_question.check_id')
        .select('presence_check.person_id')
        .where((eb) =>
          eb.or([
            eb.and([
              eb('presence_question.asked_at', '>=', fromAt),
              eb('presence_question.asked_at', '<', toAt),
            ]),
            eb.and([eb('answered_at', '>=', fromAt), eb('answered_at', '<', toAt)]),
          ]),
        ),
    )
    .union(
      db
        .selectFrom('enrollment_status')
        .innerJoin('enrollment', 'enrollment.id', 'enrollment_status.enrollment_id')
        .select('enrollment.person_id')
        .where('from_at', '>=', fromAt)
        .where('from_at', '<', toAt),
    )
    .union(
      db
        .selectFrom('correction')
        .innerJoin('enrollment', 'enrollment.id', 'correction.enrollment_id')
        .select('enrollment.person_id')
        .where('decided_at', '>=', fromAt)
        .where('decided_at', '<', toAt),
    )
    .execute();
  return new Set(rows.map((row) => row.person_id));
}
