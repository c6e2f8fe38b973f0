import type { Db } from '~db/client.server';
import type { ArrivalRange } from './load-evidence-lines.server';

const SLICE_MS = 30 * 60_000;

/** Of whom something arrived: the sessions of which beats came, by learner; and the classes. */
export interface Arrivals {
  sessionsByPerson: Map<string, string[]>;
  classIds: string[];
}

/**
 * Finds whose evidence arrived in `[fromAt, toAt)`. Looks at half an hour at a time, so that no query is long; its
 * memory grows with the players of the day, not with their beats.
 */
export async function listArrivals(db: Db, { fromAt, toAt }: ArrivalRange): Promise<Arrivals> {
  const sessions = new Map<string, Set<string>>();
  const sessionsOf = (personId: string) => {
    const known = sessions.get(personId) ?? new Set<string>();
    sessions.set(personId, known);
    return known;
  };
  for (let from = fromAt; from < toAt; from += SLICE_MS) {
    const to = Math.min(toAt, from + SLICE_MS);
    for (const table of ['beat', 'refused_beat'] as const) {
      const arrived = await db
        .selectFrom('watch_session')
        .select(['id', 'person_id'])
        .where('id', 'in', (eb) =>
          eb
            .selectFrom(table)
            .select('session_id')
            .where('arrived_at', '>=', from)
            .where('arrived_at', '<', to),
        )
        .execute();
      for (const { id, person_id: personId } of arrived) sessionsOf(personId).add(id);
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
    .execute();
  return new Set(rows.map((row) => row.person_id));
}
