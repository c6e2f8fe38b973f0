import { beginThread } from '~/domain/comments/begin-thread.server';
import { findWords } from '~/domain/comments/text-range';
import { openLessonText } from '~/domain/lesson-texts/open-lesson-text.server';
import type { Trx } from '../client.server';
import type { SeededCourse } from './seed-courses.server';
import type { SeededPeople } from './seed-people.server';

const HOUR_MS = 3_600_000;

/** What the two sides of the joint course say to each other: a suggestion, and a word about a moment of a film. */
export async function seedComments(
  trx: Trx,
  people: SeededPeople,
  { courseId, videos }: SeededCourse,
  now: number,
): Promise<void> {
  const actor = (login: string, organizationId: string | undefined) => ({
    personId: people.people[login] ?? '',
    administrator: false,
    memberships: [{ organizationId: organizationId ?? '', role: 'instructor' as const }],
  });
  const zhou = actor('teacher02', people.organizations.haidai);
  const wang = actor('teacher01', people.organizations.yuandu);
  const article = await trx
    .selectFrom('lesson')
    .select('id')
    .where('course_id', '=', courseId)
    .where('kind', '=', 'article')
    .executeTakeFirstOrThrow();
  const { doc } = await openLessonText(trx, article.id, now);
  const quote = '0.5 毫米';
  const range = findWords(doc, quote);
  if (!range) throw new Error(`the sample text does not say ${quote}`);
  await beginThread(trx, zhou, {
    lessonId: article.id,
    thread: {
      anchor: { kind: 'text', ...range, quote },
      body: '车间冷热差得多，我们的保养卡写 0.5～1 毫米。',
      mentions: [],
      replacement: '0.5～1 毫米',
    },
    now: now - 3 * HOUR_MS,
  });
  const film = videos.at(-1);
  if (!film) return;
  await beginThread(trx, wang, {
    lessonId: film.lessonId,
    thread: {
      anchor: { kind: 'video', mediaId: film.mediaId, momentMs: Math.round(film.durationMs * 0.4) },
      body: '读线规这一步快了些，补一个近景会不会更清楚？',
      mentions: [zhou.personId],
    },
    now: now - 2 * HOUR_MS,
  });
}
