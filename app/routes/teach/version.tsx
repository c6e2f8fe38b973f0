import { useLoaderData } from '@remix-run/react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { listInvolvedOrganizations } from '~/domain/co-authoring/course-people.server';
import { getCourseOutline, getVersionLesson } from '~/domain/courses/course-outline.server';
import { plannedClassHours } from '~/domain/courses/planned-hours';
import { listCourseVersions } from '~/domain/courses/published-courses.server';
import { showLessonCards } from '~/domain/lesson-texts/show-lesson-cards';
import { listCourseMedia } from '~/domain/media/list-course-media.server';
import { NotFound } from '~/domain/shared/errors';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { courseMessages } from '~/i18n/messages/courses';
import { signOffMessages } from '~/i18n/messages/sign-offs';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { signedIn } from '~/web/page.server';
import { CheckList } from './check-list';
import { cardOf } from '../learn/lesson-card';
import { ChangeList } from './publication-lists';
import { Preview } from './video-preview';
import styles from './editor.module.css';

export const meta = pageTitle(teachMessages, (text) => text.courses.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, settings } = context;
  const courseId = params.courseId ?? '';
  await requireCourseReader(db, viewer, courseId);
  const versions = await listCourseVersions(db, courseId);
  const version = versions.find((one) => String(one.number) === params.number);
  if (!version) throw new NotFound();
  const [outline, organizations, media] = await Promise.all([
    getCourseOutline(db, version.id),
    listInvolvedOrganizations(db, courseId),
    listCourseMedia(db, courseId),
  ]);
  const asked = new URL(request.url).searchParams.get('lesson');
  const lessonId = asked ?? outline.chapters[0]?.lessons[0]?.id;
  const lesson = lessonId ? await getVersionLesson(db, version.id, lessonId) : undefined;
  const captions = media.find((one) => one.id === lesson?.mediaId)?.captions ?? [];
  return { courseId, version, outline, organizations, lesson, captions, zone: settings.zone };
});

export default function Version() {
  const { courseId, version, outline, organizations, lesson, captions, zone } =
    useLoaderData<typeof loader>();
  const text = useText(teachMessages);
  const words = useText(courseMessages);
  const signs = useText(signOffMessages);
  const checks = useText(checkListMessages);
  const moment = useMoment(zone);
  const lessons = outline.chapters.flatMap((chapter) => chapter.lessons);
  const length = lessons.reduce((sum, one) => sum + one.durationMs, 0);
  const find = (id: string) => {
    const held = lessons.find((one) => one.id === id);
    return held && cardOf(held, `?lesson=${id}`);
  };
  const mark = (id: string) => {
    const organization = organizations.find((one) => one.id === id);
    return organization ? (
      <OrganizationMark organization={organization} size={20} label={organization.name} />
    ) : null;
  };
  return (
    <div className={`${styles.editor} ${styles.reading}`}>
      <header className={styles.bar}>
        <Link to="/teach/courses">{text.courses.title}</Link>
        <IconChevronRight size={18} aria-hidden="true" />
        <Link className={styles.name} to={`/teach/courses/${courseId}`}>
          {outline.settings.title}
        </Link>
        <Badge tone="done">{words.version(version.number)}</Badge>
        <span className="second small">
          {text.version.notice(version.publishedBy, moment(version.publishedAt))}
        </span>
        <div className={styles.live} />
        <Link className="button outlined" to={`/teach/courses/${courseId}`}>
          {text.version.back}
        </Link>
      </header>
      <nav className={styles.tree} aria-label={text.editor.contents}>
        <div className="split">
          <h2>{text.editor.contents}</h2>
          <span className="small second">
            {words.size(outline.chapters.length, lessons.length)}{' '}
            {words.planned(plannedClassHours(length))}
          </span>
        </div>
        {outline.chapters.map((chapter, index) => (
          <div key={chapter.id} className={styles.chapter}>
            <h3 className={styles.row}>
              {words.chapterNumber(index + 1)} {chapter.title}
            </h3>
            {chapter.lessons.map((one, at) => (
              <Link
                key={one.id}
                className={`${styles.row} ${styles.leaf} ${one.id === lesson?.id ? 'active' : ''}`}
                aria-current={one.id === lesson?.id ? 'page' : undefined}
                to={`?lesson=${one.id}`}
              >
                <span className={styles.label}>
                  {index + 1}.{at + 1} {one.title}
                </span>
                <span className={styles.aside}>
                  {one.kind === 'video' ? clockTime(one.durationMs) : words.kinds.article}
                </span>
                {mark(one.producerOrganizationId)}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <section className={styles.work}>
        {version.note || version.changes.length + version.openPoints.length > 0 ? (
          <details className={styles.log}>
            <summary>{signs.log}</summary>
            {version.note ? <p>{version.note}</p> : null}
            <ChangeList changes={version.changes} />
            {version.openPoints.length > 0 ? (
              <>
                <h3>{checks.published(version.openPoints.length)}</h3>
                <CheckList points={version.openPoints} courseId={courseId} moment={moment} />
              </>
            ) : null}
          </details>
        ) : null}
        {lesson ? (
          <div className="stack">
            <h1>{lesson.title}</h1>
            {lesson.mediaId ? (
              <Preview mediaId={lesson.mediaId} label={lesson.title} captions={captions} />
            ) : null}
            <div
              className="article"
              dangerouslySetInnerHTML={{ __html: showLessonCards(lesson.articleHtml, find) }}
            />
          </div>
        ) : (
          <h1>{text.version.none}</h1>
        )}
      </section>
    </div>
  );
}
