import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { finishArticle } from '~/domain/classes/finish-article.server';
import { getLearnerClass } from '~/domain/classes/get-learner-class.server';
import { getStudiedLesson, isPlayable } from '~/domain/classes/get-studied-lesson.server';
import { showLessonCards } from '~/domain/lesson-texts/show-lesson-cards';
import { loadCreditedOn } from '~/domain/class-hours/learner-days.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { Conflict, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { pageTitle } from '~/i18n/page-title';
import { IconArrowRight } from '~/ui/icons';
import { LessonRows } from '~/ui/lesson-rows';
import { Link } from '~/ui/link';
import { findMediaAhead } from '~/web/media-ahead.server';
import { signedIn } from '~/web/page.server';
import { listPlayerFiles } from '~/web/player-files.server';
import { ArticleView } from './article-view';
import { cardOf } from './lesson-card';
import { whereLeft } from './lesson-page';
import { useLessonRow } from './lesson-row';
import styles from './lesson.module.css';
import { VideoView } from './video-view';

export const handle = { bare: true };

export const meta = pageTitle(learnMessages, (text) => text.lesson.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, settings } = context;
  const { personId } = viewer;
  const enrollmentId = params.enrollmentId ?? '';
  const lessonId = params.lessonId ?? '';
  const now = context.clock.now();
  const today = dayAt(now, settings.zone).day;
  const [page, found, creditedTodayMs] = await Promise.all([
    getStudiedLesson(db, { personId, enrollmentId, lessonId }),
    getLearnerClass(db, personId, enrollmentId, now, settings.zone),
    loadCreditedOn(db, personId, today),
  ]);
  const lessons = found.courses.flatMap((course) =>
    course.chapters.flatMap((chapter, number) =>
      chapter.lessons.map((lesson, index) => ({
        lesson,
        chapter,
        chapterNumber: number + 1,
        label: `${number + 1}.${index + 1}`,
      })),
    ),
  );
  const position = lessons.findIndex(({ lesson }) => lesson.id === lessonId);
  const place = lessons[position];
  if (!place) throw new NotFound();
  const next = lessons[position + 1];
  const from = Number(new URL(request.url).searchParams.get('from') ?? Number.NaN);
  const playFromMs =
    Number.isFinite(from) && from >= 0 && from < place.lesson.durationMs
      ? Math.floor(from)
      : undefined;
  const { media, renditions } = page;
  const [smallest] = renditions;
  const playable = isPlayable(media);
  return {
    personId,
    enrollmentId,
    ...page,
    articleHtml: showLessonCards(page.articleHtml, (id) => {
      const held = lessons.find(({ lesson }) => lesson.id === id)?.lesson;
      return held && cardOf(held, `/learn/classes/${enrollmentId}/lessons/${id}`);
    }),
    playable,
    lesson: place.lesson,
    label: place.label,
    className: found.title,
    chapter: place.chapter,
    chapterNumber: place.chapterNumber,
    next: next && { id: next.lesson.id, title: `${next.label} ${next.lesson.title}` },
    open: found.state === 'running' && ['enrolled', 'completed'].includes(found.status),
    creditedTodayMs,
    playFromMs,
    ahead:
      media && playable && smallest
        ? await findMediaAhead(context, {
            personId,
            mediaId: media.id,
            height: smallest.height,
            atMs: playFromMs ?? whereLeft(place.lesson.lastMediaMs, media.durationMs),
          })
        : null,
    laterFiles: playable ? listPlayerFiles() : undefined,
  };
});

/** An article was read to its end. */
export const action = signedIn(async ({ request, params, context, viewer }) => {
  try {
    await finishArticle(context.db, {
      personId: viewer.personId,
      enrollmentId: params.enrollmentId ?? '',
      lessonId: params.lessonId ?? '',
      now: context.clock.now(),
      zone: context.settings.zone,
    });
  } catch (error) {
    if (error instanceof Conflict) return data({ notOpen: true }, { status: 409 });
    throw error;
  }
  return redirect(new URL(request.url).pathname);
});

export default function Lesson() {
  const page = useLoaderData<typeof loader>();
  const text = useText(learnMessages).lesson;
  const outline = useText(learnMessages).classes;
  const row = useLessonRow(page.enrollmentId);
  const { chapter, chapterNumber, next, enrollmentId } = page;
  const done = chapter.lessons.filter((lesson) => lesson.complete).length;
  return (
    <div className={styles.page}>
      <div className={styles.work}>
        {page.lesson.kind === 'article' ? (
          <ArticleView key={page.lesson.id} page={page} />
        ) : (
          <VideoView key={page.lesson.id} page={page} />
        )}
      </div>
      <section className={styles.chapter}>
        <div className={styles.chapterHead}>
          <h2>{outline.chapter(chapterNumber, chapter.title)}</h2>
          <span className="small second nowrap">
            {text.chapterDone(done, chapter.lessons.length)}
          </span>
        </div>
        <LessonRows
          rows={chapter.lessons.map((lesson, n) =>
            row(lesson, `${chapterNumber}.${n + 1}`, lesson.id === page.lesson.id),
          )}
        />
      </section>
      <nav className={styles.next} aria-label={text.next}>
        <span className={styles.nextTitle}>
          <span className="small second">{next ? text.next : text.lastDone}</span>
          {next ? <b>{next.title}</b> : null}
        </span>
        <Link
          className="button outlined"
          to={`/learn/classes/${enrollmentId}${next ? `/lessons/${next.id}` : ''}`}
        >
          {next ? text.go : text.toClass}
          <IconArrowRight size={20} aria-hidden="true" />
        </Link>
      </nav>
    </div>
  );
}
