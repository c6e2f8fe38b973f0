import { sql } from 'kysely';
import type { Trx } from '~db/client.server';
import { prepareRows, prepareWrites, writeRows, type Write } from '~db/row-statement';
import { inChunks } from '../shared/in-chunks';
import type { KnownPlace, LedgerPlace } from './ledger-place';
import type { LessonDay } from './lesson-totals.server';
import { markLearnerMonths } from './mark-learner-months.server';

const ROWS_A_STATEMENT = 5000;

/** By how much one lesson's day changed in the ledger, with all it is added up by. */
export interface DayChange extends LedgerPlace {
  day: string;
  creditedMs: number;
  spentMs: number;
  /** Whether learner_month has the learner in that month of the organization, and of the producer. */
  inOrganization: number;
  inProducer: number;
}

/** A lesson's day that changed, with the lesson that remembers where the roll-ups have it, if one does. */
export interface PlacedDay extends LessonDay {
  lesson?: { place: KnownPlace | undefined };
}

/** What a transaction adds to one class's and producer's day. */
interface DaySum {
  place: LedgerPlace;
  day: string;
  creditedMs: number;
  spentMs: number;
}

/**
 * Adds to the roll-ups by how much days of lessons changed (ms, may be negative; a day may come several times).
 * The last statements of a transaction that wrote lesson_day under the learners' locks: their rows are shared by
 * many learners, so they are held shortly, and taken in one order, once a transaction, so that processes cannot
 * lock each other out. `moved` is what `keepProducers` found. A lesson of `changes` learns its place. What is
 * `pending` is written before, with them; `last` where the transaction ends with it.
 */
export async function addToRollUps(
  trx: Trx,
  changes: readonly PlacedDay[],
  {
    moved = [],
    pending = [],
    last = false,
  }: { moved?: readonly DayChange[]; pending?: readonly Write[]; last?: boolean } = {},
): Promise<void> {
  const sums = new DaySums();
  const doubtful: string[] = [];
  const unknown: PlacedDay[] = [];
  for (const change of changes) {
    const place = placeOf(change);
    if (place) sums.add(place, change);
    else unknown.push(change);
  }
  const found = [...moved];
  const known = new Map<string, KnownPlace>();
  for (const some of inChunks(sumChanges(unknown), ROWS_A_STATEMENT)) {
    for (const one of await findDays(trx, some)) {
      found.push(one);
      if (!one.inOrganization || !one.inProducer) continue;
      known.set(lessonOf(one.enrollmentId, one.lessonId), knownPlace(one));
    }
  }
  for (const { lesson, enrollmentId, lessonId } of unknown) {
    if (lesson) lesson.place = known.get(lessonOf(enrollmentId, lessonId)) ?? lesson.place;
  }
  for (const one of found) {
    sums.add(one, one);
    const isNew = one.creditedMs > 0 && !(one.inOrganization && one.inProducer);
    if (isNew || one.creditedMs < 0) doubtful.push(one.personId);
  }
  const isLast = last && doubtful.length === 0;
  await writeRows(trx, [...pending, ...sums.toWrites()], { last: isLast });
  if (doubtful.length > 0) await markLearnerMonths(trx, doubtful);
}

function placeOf({ lesson, day, creditedMs }: PlacedDay): KnownPlace | undefined {
  const place = lesson?.place;
  return place?.month === monthOf(day) && creditedMs >= 0 ? place : undefined;
}

/** What a transaction adds to the days of classes, organizations and producers. */
class DaySums {
  private readonly byClass = new Map<string, DaySum[]>();

  add(
    place: LedgerPlace,
    { day, creditedMs, spentMs }: { day: string; creditedMs: number; spentMs: number },
  ): void {
    const { classId, producerId, minutesPerClassHour } = place;
    const days = this.byClass.get(classId);
    const sum = days?.find(
      (one) =>
        one.day === day &&
        one.place.producerId === producerId &&
        one.place.minutesPerClassHour === minutesPerClassHour,
    );
    if (sum) {
      sum.creditedMs += creditedMs;
      sum.spentMs += spentMs;
    } else if (days) days.push({ place, day, creditedMs, spentMs });
    else this.byClass.set(classId, [{ place, day, creditedMs, spentMs }]);
  }

  toWrites(): Write[] {
    const days = [...this.byClass.values()].flat();
    return [
      addClassDays(sumRows(days, ({ classId }) => [classId])),
      addOrganizationDays(sumRows(days, (one) => [one.organizationId, one.minutesPerClassHour])),
      addProducerDays(sumRows(days, (one) => [one.producerId, one.minutesPerClassHour])),
    ];
  }
}

/** Names a lesson of an enrollment. */
export const lessonOf = (enrollmentId: string, lessonId: string) => `${enrollmentId} ${lessonId}`;

const monthOf = (day: string) => day.slice(0, 7);

function knownPlace(change: DayChange): KnownPlace {
  const { personId, classId, organizationId, producerId, minutesPerClassHour, day } = change;
  const month = monthOf(day);
  return { personId, classId, organizationId, producerId, minutesPerClassHour, month };
}

type ChangeRow = [
  enrollmentId: string,
  lessonId: string,
  day: string,
  credited: number,
  spent: number,
];

function sumChanges(changes: readonly LessonDay[]): ChangeRow[] {
  const sums = new Map<string, ChangeRow>();
  for (const { enrollmentId, lessonId, day, creditedMs, spentMs } of changes) {
    const key = `${enrollmentId} ${lessonId} ${day}`;
    const sum = sums.get(key);
    if (!sum) sums.set(key, [enrollmentId, lessonId, day, creditedMs, spentMs]);
    else {
      sum[3] += creditedMs;
      sum[4] += spentMs;
    }
  }
  return [...sums.values()].filter((sum) => sum[3] !== 0 || sum[4] !== 0);
}

type Row = (string | number)[];

/** One row for each key and day, in the order in which all transactions take them. */
function sumRows(days: readonly DaySum[], keyOf: (place: LedgerPlace) => Row): Row[] {
  const sums = new Map<string, { row: Row; creditedMs: number; spentMs: number }>();
  for (const one of days) {
    const row = [...keyOf(one.place), one.day];
    const key = row.join(' ');
    const sum = sums.get(key) ?? { row, creditedMs: 0, spentMs: 0 };
    sum.creditedMs += one.creditedMs;
    sum.spentMs += one.spentMs;
    sums.set(key, sum);
  }
  return [...sums]
    .filter(([, { creditedMs, spentMs }]) => creditedMs !== 0 || spentMs !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { row, creditedMs, spentMs }]) => [...row, creditedMs, spentMs]);
}

const findDays = prepareRows<DayChange & { enrollmentId: string; lessonId: string }>(
  {
    enrollment_id: 'text',
    lesson_id: 'text',
    day: 'text',
    credited_ms: 'bigint',
    spent_ms: 'bigint',
  },
  (given) => sql`
    select changed.*,
      exists (select 1 from learner_month where learner_month.person_id = changed."personId"
        and learner_month.part = 'organization'
        and learner_month.organization_id = changed."organizationId"
        and learner_month.month = substr(changed.day, 1, 7)) as "inOrganization",
      exists (select 1 from learner_month where learner_month.person_id = changed."personId"
        and learner_month.part = 'producer'
        and learner_month.organization_id = changed."producerId"
        and learner_month.month = substr(changed.day, 1, 7)) as "inProducer"
    from (
      select enrollment.person_id as "personId", enrollment.class_id as "classId",
        training_class.organization_id as "organizationId",
        coalesce(course_version_lesson.producer_organization_id, lesson.producer_organization_id)
          as "producerId",
        rule_set_version.minutes_per_class_hour as "minutesPerClassHour", given.day,
        given.credited_ms as "creditedMs", given.spent_ms as "spentMs",
        given.enrollment_id as "enrollmentId", given.lesson_id as "lessonId"
      from ${given}
      join enrollment on enrollment.id = given.enrollment_id
      join training_class on training_class.id = enrollment.class_id
      join rule_set_version on rule_set_version.id = training_class.rule_set_version_id
      join lesson on lesson.id = given.lesson_id
      left join class_course on class_course.class_id = enrollment.class_id
        and class_course.course_id = lesson.course_id
      left join course_version_lesson
        on course_version_lesson.course_version_id = class_course.course_version_id
        and course_version_lesson.lesson_id = lesson.id
    ) as changed`,
);

const addClassDays = prepareWrites(
  { class_id: 'text', day: 'text', credited_ms: 'bigint', spent_ms: 'bigint' },
  ({ values }) => sql`
    insert into class_day (class_id, day, credited_ms, spent_ms)
    ${values}
    on conflict (class_id, day) do update set
      credited_ms = class_day.credited_ms + excluded.credited_ms,
      spent_ms = class_day.spent_ms + excluded.spent_ms`,
  { inTurn: true },
);

const addTo = (table: 'organization_day' | 'producer_day') =>
  prepareWrites(
    {
      organization_id: 'text',
      minutes: 'bigint',
      day: 'text',
      credited_ms: 'bigint',
      spent_ms: 'bigint',
    },
    ({ values }) => sql`
      insert into ${sql.table(table)}
        (organization_id, minutes_per_class_hour, day, credited_ms, spent_ms)
      ${values}
      on conflict (organization_id, minutes_per_class_hour, day) do update set
        credited_ms = ${sql.ref(`${table}.credited_ms`)} + excluded.credited_ms,
        spent_ms = ${sql.ref(`${table}.spent_ms`)} + excluded.spent_ms`,
    { inTurn: true },
  );

const addOrganizationDays = addTo('organization_day');
const addProducerDays = addTo('producer_day');
