import { sql } from 'kysely';
import type { Db } from '~db/client.server';
import { saidIn, searchable } from '../media/cue-text';
import { NotFound } from '../shared/errors';

export interface CaptionHit {
  lessonId: string;
  lessonTitle: string;
  language: string;
  fromMs: number;
  toMs: number;
  /** What is said there, as plain text. */
  said: string;
}

export interface CaptionHits {
  hits: CaptionHit[];
  total: number;
  page: number;
  pages: number;
}

const HITS_A_PAGE = 20;
export const LONGEST_QUERY = 60;

/**
 * Where the words are said in the videos of the learner's own class, in the order of its lessons; nothing for an
 * empty query. Throws NotFound for an enrollment that is not theirs, or that has ended by withdrawal or never begun.
 */
export async function searchClassCaptions(
  db: Db,
  asked: { personId: string; enrollmentId: string; words: string; page: number },
): Promise<CaptionHits> {
  const enrolled = await db
    .selectFrom('enrollment')
    .select('class_id')
    .where('id', '=', asked.enrollmentId)
    .where('person_id', '=', asked.personId)
    .where('status', 'in', ['enrolled', 'completed'])
    .executeTakeFirst();
  if (!enrolled) throw new NotFound();
  const words = searchable(asked.words.slice(0, LONGEST_QUERY));
  if (words === '') return { hits: [], total: 0, page: 1, pages: 1 };
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const found = db
    .selectFrom('class_course')
    .innerJoin('course_version_lesson as lesson', (join) =>
      join.onRef('lesson.course_version_id', '=', 'class_course.course_version_id'),
    )
    .innerJoin('caption_cue as cue', 'cue.media_id', 'lesson.media_id')
    .where('class_course.class_id', '=', enrolled.class_id)
    .where(sql<boolean>`cue.searchable like ${pattern} escape '\\'`);
  const counted = await found
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const total = Number(counted.count);
  const pages = Math.max(1, Math.ceil(total / HITS_A_PAGE));
  const page = Math.min(Math.max(1, asked.page), pages);
  const rows = await found
    .select([
      'lesson.lesson_id',
      'lesson.title',
      'cue.language',
      'cue.from_ms',
      'cue.to_ms',
      'cue.text',
    ])
    .orderBy('class_course.position')
    .orderBy('lesson.position')
    .orderBy('cue.from_ms')
    .orderBy('cue.language')
    .orderBy('cue.position')
    .limit(HITS_A_PAGE)
    .offset((page - 1) * HITS_A_PAGE)
    .execute();
  const hits = rows.map((row) => ({
    lessonId: row.lesson_id,
    lessonTitle: row.title,
    language: row.language,
    fromMs: row.from_ms,
    toMs: row.to_ms,
    said: saidIn(row.text),
  }));
  return { hits, total, page, pages };
}
