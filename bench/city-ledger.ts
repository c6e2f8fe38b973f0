import { sql } from 'kysely';
import { openDatabase, type DatabaseClient, type Db } from '~db/client.server';
import { migrate } from '~db/migrate';
import { makeClass, makeCourse, makeOrganization, makePerson, makeRuleSet } from '~db/testing-cast';

const ORGANIZATIONS = 200;
const CLASSES_OF_ONE = 30;
const COURSES = 40;
const LESSONS = 2;
const FIRST_DAY = Date.parse('2025-12-01T00:00:00Z');
const DAYS = 365;

/** How much the ledger of a city holds. */
export interface CityLedger {
  organizations: number;
  lessonDays: number;
}

/**
 * Fills an empty database with so many learners' ledger of a year, one in ten in a second class: two days in each
 * class, in lessons made by two organizations, in class hours of 45 and of 60 minutes. The ledger is written as it
 * was before there were roll-ups; these come by the migration, as in a database that is in use.
 */
export async function writeCityLedger(url: string, learners: number): Promise<CityLedger> {
  const client = await openForLoading(url);
  const { db } = client;
  try {
    await migrate(client, FIRST_DAY, '0007-presence-and-cap');
    await db.transaction().execute(makeClasses);
    await db.transaction().execute((trx) => writeLearners(trx, learners));
    await migrate(client, FIRST_DAY);
    if (client.engine === 'postgres') await sql`analyze`.execute(db);
    const found = sql<{ count: number }>`select count(*) as count from lesson_day`;
    const { rows } = await found.execute(db);
    return { organizations: ORGANIZATIONS, lessonDays: Number(rows[0]?.count) };
  } finally {
    await client.close();
  }
}

/** Nothing is checked twice and nothing has to survive a crash: what is written is made up. */
async function openForLoading(url: string): Promise<DatabaseClient> {
  if (url.startsWith('postgres')) {
    const options = '-c session_replication_role=replica -c work_mem=256MB';
    return openDatabase(`${url}?options=${encodeURIComponent(options)}`);
  }
  const client = openDatabase(url);
  for (const pragma of ['foreign_keys = off', 'synchronous = off', 'cache_size = -1000000']) {
    await sql`pragma ${sql.raw(pragma)}`.execute(client.db);
  }
  return client;
}

async function makeClasses(db: Db): Promise<void> {
  const organizations: string[] = [];
  for (let n = 0; n < ORGANIZATIONS; n += 1) {
    organizations.push(await makeOrganization(db, { name: `第${n + 1}学院` }));
  }
  const { personId } = await makePerson(db, { name: '作者' });
  const ruleSets: string[] = [];
  for (const minutesPerClassHour of [45, 60]) {
    ruleSets.push(await makeRuleSet(db, { minutesPerClassHour }));
  }
  const courses: Awaited<ReturnType<typeof makeCourse>>[] = [];
  for (let n = 0; n < COURSES; n += 1) {
    const producers = [organizations[n]!, organizations[n + COURSES]!];
    const lessons = Array.from({ length: LESSONS }, (_, lesson) => {
      return { title: `第${lesson + 1}课`, producerOrganizationId: producers[lesson % 2]! };
    });
    const given = { title: `课程${n + 1}`, organizationId: producers[0]!, authorId: personId };
    courses.push(await makeCourse(db, { ...given, lessons }));
  }
  for (const [n, organizationId] of organizations.entries()) {
    for (let one = 0; one < CLASSES_OF_ONE; one += 1) {
      await makeClass(db, {
        title: `第${n + 1}学院${one + 1}班`,
        organizationId,
        createdBy: personId,
        courses: [courses[(n + one) % COURSES]!],
        ruleSetVersionId: ruleSets[one % 10 === 0 ? 1 : 0]!,
      });
    }
  }
}

async function writeLearners(db: Db, learners: number): Promise<void> {
  const numbers = (count: number) =>
    sql`with recursive n(i) as (select 0 union all select i + 1 from n where i < ${sql.lit(count - 1)})`;
  const classes = sql`select id, row_number() over (order by id) - 1 as place from training_class`;
  const inAll = ORGANIZATIONS * CLASSES_OF_ONE;
  await sql`${numbers(learners)} insert into person (id, name, locale, created_at)
    select 'learner-' || i, '学员' || i, 'zh', ${sql.lit(FIRST_DAY)} from n`.execute(db);
  for (const [kind, which, place] of [
    ['first', sql`true`, sql`n.i % ${sql.lit(inAll)}`],
    ['second', sql`n.i % 10 = 0`, sql`(n.i * 7 + 31) % ${sql.lit(inAll)}`],
  ] as const) {
    await sql`${numbers(learners)} insert into enrollment (id, class_id, person_id, status, created_at)
      select ${sql.lit(`${kind}-`)} || n.i, classes.id, 'learner-' || n.i, 'enrolled', ${sql.lit(FIRST_DAY)}
      from n join (${classes}) as classes on classes.place = ${place}
      where ${which}`.execute(db);
  }
  const days = Array.from({ length: DAYS }, (_, n) => {
    const day = new Date(FIRST_DAY + n * 86_400_000).toISOString().slice(0, 10);
    return sql`(${sql.lit(n)}, ${sql.lit(day)})`;
  });
  await sql`with calendar(place, day) as (values ${sql.join(days)}),
    numbered as (select id, class_id, row_number() over (order by id) as i from enrollment)
    insert into lesson_day (enrollment_id, lesson_id, day, credited_ms, spent_ms)
    select numbered.id, lesson.id, calendar.day, 600000 + (numbered.i * 7919 + lesson.position * 104729) % 2000003,
      3000000
    from numbered
    join class_course on class_course.class_id = numbered.class_id
    join lesson on lesson.course_id = class_course.course_id
    join calendar on calendar.place = (numbered.i * 7 + lesson.position * 83) % ${sql.lit(DAYS)}`.execute(
    db,
  );
}
