import { sql } from 'kysely';
import type { Db, Trx } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import { prepareRows, prepareWrites, type Write } from '~db/row-statement';
import type { DayCredit } from './crediting';
import { ruleSetOn, type LessonLaw } from './rule-set';

/** One learner's day over all lessons and classes; `presenceMs` is what of it lies in classes that ask for presence. */
export interface LearnerDay extends DayCredit {
  personId: string;
  presenceMs: number;
}

/** A lesson's day as part of its learner's. */
export function learnerDayOf(
  personId: string,
  law: Pick<LessonLaw, 'ruleSets'>,
  { day, creditedMs, spentMs }: DayCredit,
): LearnerDay {
  const presenceMs = ruleSetOn(law, day).presence ? spentMs : 0;
  return { personId, day, creditedMs, spentMs, presenceMs };
}

/** Adds up the days of each learner; one entry for a learner and day. */
export function sumLearnerDays(days: readonly LearnerDay[]): LearnerDay[] {
  if (days.length < 2) return [...days];
  const sums = new Map<string, LearnerDay>();
  for (const day of days) {
    const key = `${day.personId} ${day.day}`;
    const sum = sums.get(key);
    if (!sum) sums.set(key, { ...day });
    else {
      sum.creditedMs += day.creditedMs;
      sum.spentMs += day.spentMs;
      sum.presenceMs += day.presenceMs;
    }
  }
  return [...sums.values()];
}

const findDays = prepareRows(
  { person_id: 'text', day: 'text' },
  (given) => sql<{ personId: string; day: string; creditedMs: number }>`
    select d.person_id as "personId", d.day, d.credited_ms as "creditedMs" from ${given}
    inner join learner_day as d on d.person_id = given.person_id and d.day = given.day`,
);

/** What learners are credited on these days of theirs, over all their classes, in ms; 0 is left out. */
export function loadLearnerDays(
  db: Db | Trx,
  asked: readonly { personId: string; day: string }[],
): Promise<{ personId: string; day: string; creditedMs: number }[]> {
  return findDays(
    db,
    asked.map(({ personId, day }) => [personId, day]),
  );
}

/** What one learner is credited on that day, over all their classes, in ms. */
export async function loadCreditedOn(db: Db | Trx, personId: string, day: string): Promise<number> {
  return (await findLearnerDay(db, { personId, day }))[0]?.creditedMs ?? 0;
}

const findLearnerDay = prepareQuery((db, asked: { personId: string; day: string }) =>
  db
    .selectFrom('learner_day')
    .select('credited_ms as creditedMs')
    .where('person_id', '=', asked.personId)
    .where('day', '=', asked.day),
);

/** Whether the learner ever studied a day up to the smallest cap of any of their classes. */
export async function isCapReached(db: Db | Trx, personId: string): Promise<boolean> {
  const found = await db
    .selectFrom('learner_day')
    .where('person_id', '=', personId)
    .where('credited_ms', '>=', (eb) =>
      eb
        .selectFrom('enrollment')
        .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
        .leftJoin('class_rule_set', 'class_rule_set.class_id', 'enrollment.class_id')
        .innerJoin('rule_set_version', (join) =>
          join.on((on) =>
            on.or([
              on('rule_set_version.id', '=', on.ref('training_class.rule_set_version_id')),
              on('rule_set_version.id', '=', on.ref('class_rule_set.rule_set_version_id')),
            ]),
          ),
        )
        .where('enrollment.person_id', '=', personId)
        .select(({ fn }) => fn.min('rule_set_version.daily_cap_ms').as('cap')),
    )
    .select('day')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

const addDays = prepareWrites(
  {
    person_id: 'text',
    day: 'text',
    credited_ms: 'bigint',
    spent_ms: 'bigint',
    presence_ms: 'bigint',
  },
  ({ values }) => sql`
    insert into learner_day (person_id, day, credited_ms, spent_ms, presence_ms)
    ${values}
    on conflict (person_id, day) do update set
      credited_ms = learner_day.credited_ms + excluded.credited_ms,
      spent_ms = learner_day.spent_ms + excluded.spent_ms,
      presence_ms = learner_day.presence_ms + excluded.presence_ms`,
);

/** To add to the learners' days; a learner and day must not come twice. */
export const learnerDaysOf = (days: readonly LearnerDay[]): Write =>
  addDays(
    days.map(({ personId, day, creditedMs, spentMs, presenceMs }) => {
      return [personId, day, creditedMs, spentMs, presenceMs];
    }),
  );

const addToStoredDays = prepareWrites(
  {
    credited_ms: 'bigint',
    spent_ms: 'bigint',
    presence_ms: 'bigint',
    person_id: 'text',
    day: 'text',
  },
  ({ of, from }) => sql`
    update learner_day set credited_ms = learner_day.credited_ms + ${of('credited_ms')},
      spent_ms = learner_day.spent_ms + ${of('spent_ms')},
      presence_ms = learner_day.presence_ms + ${of('presence_ms')}
    ${from} where learner_day.person_id = ${of('person_id')} and learner_day.day = ${of('day')}`,
);

/** As `learnerDaysOf`, of rows that are there. */
export const storedLearnerDaysOf = (days: readonly LearnerDay[]): Write =>
  addToStoredDays(
    days.map(({ personId, day, creditedMs, spentMs, presenceMs }) => {
      return [creditedMs, spentMs, presenceMs, personId, day];
    }),
  );
