import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { World } from './world';

/** The world's own database file, opened beside the server for reading. */
export function openStored(world: World): Database.Database {
  return new Database(join(world.dataDir, 'jiangxue.sqlite'), { readonly: true });
}

/** What requests may leave behind even when they are refused, or the server by itself. */
const LEFT_OUT = [
  'sign_in_session',
  'sign_in_failure',
  'known_device',
  'readiness',
  'job',
  'media_serving',
  'session_trait',
  'signal_scan',
  'signal',
];

/** A digest of each table's rows: two alike mean that nothing was changed. */
export function digestTables(stored: Database.Database): Record<string, string> {
  const tables = listTables(stored).filter((name) => !LEFT_OUT.includes(name));
  return Object.fromEntries(
    tables.map((name) => {
      const hash = createHash('sha256');
      for (const row of stored.prepare(`select * from "${name}"`).raw().iterate()) {
        hash.update(JSON.stringify(row));
      }
      return [name, hash.digest('hex').slice(0, 12)];
    }),
  );
}

function listTables(stored: Database.Database): string[] {
  return stored
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`)
    .pluck()
    .all() as string[];
}

/** Every text that people wrote: names, titles, contents, messages. */
export function listWrittenTexts(stored: Database.Database): string[] {
  const texts = new Set<string>();
  for (const table of listTables(stored)) {
    for (const row of stored.prepare(`select * from "${table}"`).raw().iterate()) {
      for (const value of row as unknown[]) {
        if (typeof value === 'string' && /\p{Script=Han}/u.test(value)) texts.add(value);
      }
    }
  }
  return [...texts];
}

/** Names to sign in with and the like: Latin letters that are nobody's words. */
export function listCodes(stored: Database.Database): string[] {
  return stored
    .prepare(
      `select short_code from organization union select login_name from login_name
       union select filename from media union select cover from course`,
    )
    .pluck()
    .all() as string[];
}

export interface Samples {
  organizationId: string;
  classId: string;
  courseId: string;
  number: string;
  chapterId: string;
  /** A video lesson of the class. */
  lessonId: string;
  mediaId: string;
  enrollmentId: string;
  /** A colleague there whom nobody signs in as. */
  personId: string;
}

/** Ids of one organization's things: its class, that class's course, a learner's enrollment, a colleague. */
export function readSamples(
  stored: Database.Database,
  classTitle: string,
  learner: string,
  colleague: string,
): Samples {
  const found = stored
    .prepare(
      `select c.organization_id organizationId, c.id classId, cc.course_id courseId,
              cast(v.number as text) number, l.chapter_id chapterId, l.lesson_id lessonId,
              l.media_id mediaId, e.id enrollmentId, p.person_id personId
         from training_class c
         join class_course cc on cc.class_id = c.id
         join course_version v on v.id = cc.course_version_id
         join course_version_lesson l on l.course_version_id = v.id and l.kind = 'video'
         join enrollment e on e.class_id = c.id
         join login_name n on n.person_id = e.person_id and n.login_name = ?
         join login_name p on p.login_name = ?
        where c.title = ? order by l.position limit 1`,
    )
    .get(learner, colleague, classTitle) as Samples | undefined;
  if (!found) throw new Error(`${learner} is not enrolled in ${classTitle}`);
  return found;
}
