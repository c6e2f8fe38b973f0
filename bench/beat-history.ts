import SQLite from 'better-sqlite3';

const BEATS_A_SESSION = 225;
const BEAT_MS = 12_000;
const DAYS = 250;
const DAY_MS = 86_400_000;
/** Of Asia/Shanghai, in which a server cuts its days. */
const ZONE_MS = 8 * 3_600_000;

/**
 * Writes the beats of so many class hours of 45 min, and the totals they amount to, directly into a migrated SQLite
 * file: a session of 225 beats each, a learner's on 250 days. The days count as sealed, for a server that started on
 * unsealed years would seal them while it is measured. Nothing but the beats' path can read what is written.
 */
export function writeHistory(file: string, classHours: number, now: number): void {
  const db = new SQLite(file);
  // Not a second time in a log as large as itself.
  db.pragma('journal_mode = MEMORY');
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -262144');
  // From midnight on: the hours added must not reach the day after, which is another session's.
  const firstDay = Math.floor(now / DAY_MS) * DAY_MS - 300 * DAY_MS;
  const startOf = (number: string) =>
    `${firstDay} + (${number} % ${DAYS}) * ${DAY_MS} + (${number} % 7) * 3600000`;
  const person = (number: string) => `printf('past-person-%08d', ${number} / ${DAYS})`;
  const session = (number: string) => `printf('0190-past-session-%016d', ${number})`;
  const numbers = (count: number) =>
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${count - 1})`;
  const day = (number: string) => `date((${startOf(number)}) / 1000, 'unixepoch')`;
  const lessonMs = BEATS_A_SESSION * BEAT_MS;
  const midnight = Math.floor((now + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  db.exec(`begin;
    ${numbers(classHours)} insert into watch_session
      (id, person_id, enrollment_id, lesson_id, media_id, duration_ms, number, started_at, ended_at)
      select ${session('i')}, ${person('i')}, 'past-enrollment-' || (i / ${DAYS}), 'past-lesson-' || (i % ${DAYS}),
        'past-media', ${lessonMs}, i % ${DAYS} + 1, ${startOf('i')}, ${startOf('i')} + ${lessonMs} from n;
    ${numbers(classHours)} insert into session_total (session_id, ack_seq, last_seq, wall_to_ms, in_touch)
      select ${session('i')}, ${BEATS_A_SESSION}, ${BEATS_A_SESSION}, ${lessonMs}, '[]' from n;
    ${numbers(classHours)} insert into lesson_total (enrollment_id, lesson_id, person_id, credited_ms, covered_ms,
      spent_ms, coverage, folded_to_at, last_media_ms, last_studied_at, complete)
      select 'past-enrollment-' || (i / ${DAYS}), 'past-lesson-' || (i % ${DAYS}), ${person('i')}, ${lessonMs},
        ${lessonMs}, ${lessonMs}, '[[0,${lessonMs}]]', ${startOf('i')} + ${lessonMs}, ${lessonMs},
        ${startOf('i')} + ${lessonMs}, 1 from n;
    ${numbers(classHours)} insert into lesson_day (enrollment_id, lesson_id, day, credited_ms, spent_ms)
      select 'past-enrollment-' || (i / ${DAYS}), 'past-lesson-' || (i % ${DAYS}), ${day('i')}, ${lessonMs},
        ${lessonMs} from n;
    ${numbers(classHours)} insert into learner_day (person_id, day, credited_ms, spent_ms, presence_ms)
      select ${person('i')}, ${day('i')}, ${lessonMs}, ${lessonMs}, 0 from n;
    ${numbers(classHours * BEATS_A_SESSION)} insert into beat (session_id, seq, wall_from_ms, wall_to_ms,
      media_from_ms, media_to_ms, visible, arrived_at)
      select ${session(`(i / ${BEATS_A_SESSION})`)}, i % ${BEATS_A_SESSION} + 1,
        (i % ${BEATS_A_SESSION}) * ${BEAT_MS}, (i % ${BEATS_A_SESSION} + 1) * ${BEAT_MS},
        (i % ${BEATS_A_SESSION}) * ${BEAT_MS}, (i % ${BEATS_A_SESSION} + 1) * ${BEAT_MS}, 1,
        ${startOf(`(i / ${BEATS_A_SESSION})`)} + (i % ${BEATS_A_SESSION} + 1) * ${BEAT_MS} from n;
    insert into seal (day, from_at, to_at, previous_hash, counts, leaf_count, root, hash, sealed_at)
      select date(${midnight - DAY_MS + ZONE_MS} / 1000, 'unixepoch'), ${firstDay}, ${midnight}, 'past', '{}', 0,
        'past', 'past', ${now};
    commit;`);
  db.pragma('journal_mode = WAL');
  db.close();
}
