import { useLoaderData } from '@remix-run/react';
import { getLearnerClass } from '~/domain/classes/get-learner-class.server';
import { formatExact } from '~/domain/class-hours/figures';
import { spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { pageTitle } from '~/i18n/page-title';
import { CellRow } from '~/ui/cell-row';
import { IconChevronLeft, IconPlayerPlayFilled } from '~/ui/icons';
import { LessonRows } from '~/ui/lesson-rows';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import { signedIn } from '~/web/page.server';
import { SearchForm } from './caption-search-form';
import { ClassBadge } from './class-badge';
import { hoursText } from './hours-card';
import { useLessonRow } from './lesson-row';
import styles from './outline.module.css';

export const meta = pageTitle(learnMessages, (text) => text.classes.title);

export const loader = signedIn(({ context, viewer, params }) =>
  getLearnerClass(
    context.db,
    viewer.personId,
    params.enrollmentId ?? '',
    context.clock.now(),
    context.settings.zone,
  ),
);

export default function ClassOutline() {
  const found = useLoaderData<typeof loader>();
  const text = useText(learnMessages).classes;
  const row = useLessonRow(found.enrollmentId);
  const locale = useLocale();
  const credited = hoursText(found.creditedClassHours);
  const required = hoursText(found.requiredClassHours);
  const open = found.status === 'enrolled' || found.status === 'completed';
  return (
    <div className={styles.page}>
      <div className="page-bar">
        <Link className="bare-icon" to="/learn/classes" aria-label={text.title}>
          <IconChevronLeft size={24} aria-hidden="true" />
        </Link>
        <h1>{found.title}</h1>
      </div>
      <div className={styles.columns}>
        <section className={styles.standing}>
          <div className="split">
            <span className="row">
              <OrganizationMark
                organization={{
                  name: found.organizationName,
                  mark: found.organizationMark,
                  kind: found.organizationKind,
                }}
                size={20}
              />
              {found.organizationName}
            </span>
            <ClassBadge status={found.status} state={found.state} />
          </div>
          <CellRow
            full={found.creditedClassHours}
            total={found.requiredClassHours}
            cell={found.requiredClassHours < 3 ? 0.1 : 1}
            label={text.hours(credited, required)}
          />
          <div className="split">
            <span className={styles.figure}>{text.hours(credited, required)}</span>
            <span className="small second">{text.exact(formatExact(found.creditedMs))}</span>
          </div>
          <p className="small second">
            {text.dates(spokenDay(found.startsOn, locale), spokenDay(found.endsOn, locale))}
          </p>
          {found.status === 'applied' ? (
            <Notice tone="pending">{text.appliedText}</Notice>
          ) : found.status === 'withdrawn' ? (
            <Notice tone="pending">{text.withdrawnText}</Notice>
          ) : found.state === 'ended' ? (
            <Notice tone="pending">{text.endedText}</Notice>
          ) : found.state === 'preparing' ? (
            <Notice tone="transit">{text.preparingText(spokenDay(found.startsOn, locale))}</Notice>
          ) : null}
          {open && found.continueLessonId ? (
            <Link
              className="button wide"
              to={`/learn/classes/${found.enrollmentId}/lessons/${found.continueLessonId}`}
            >
              <IconPlayerPlayFilled size={18} aria-hidden="true" />
              {found.lastStudiedAt ? text.continue : text.start}
            </Link>
          ) : null}
          <p className="small faint">{text.rounding}</p>
        </section>
        <div className={styles.courses}>
          {open ? (
            <SearchForm to={`/learn/classes/${found.enrollmentId}/captions`} words="" />
          ) : null}
          {found.courses.map((course) => (
            <section key={course.courseId}>
              <h2>{course.title}</h2>
              {course.chapters.map((chapter, index) => (
                <div key={chapter.id} className={styles.chapter}>
                  <div className={styles.chapterHead}>
                    <h3>{text.chapter(index + 1, chapter.title)}</h3>
                    <span className="small second nowrap">
                      {chapter.lessons.filter((lesson) => lesson.complete).length} /{' '}
                      {chapter.lessons.length}
                    </span>
                  </div>
                  <LessonRows
                    rows={chapter.lessons.map((lesson, n) =>
                      row(lesson, `${index + 1}.${n + 1}`, lesson.id === found.continueLessonId),
                    )}
                  />
                </div>
              ))}
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}
