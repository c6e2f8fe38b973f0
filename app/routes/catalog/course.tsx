import { useLoaderData } from '@remix-run/react';
import { dayAt } from '~/domain/class-hours/platform-day';
import { listOpenClasses } from '~/domain/classes/list-open-classes.server';
import { canAuthor } from '~/domain/co-authoring/course-reach.server';
import { getCourseOutline } from '~/domain/courses/course-outline.server';
import { sharesOfProducers } from '~/domain/courses/producer-shares';
import { plannedClassHours } from '~/domain/courses/planned-hours';
import {
  getPublishedCourse,
  type OrganizationMark as OrganizationMarkRow,
} from '~/domain/courses/published-courses.server';
import { clockTime, spokenDay, spokenTime } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { catalogMessages } from '~/i18n/messages/catalog';
import { courseMessages } from '~/i18n/messages/courses';
import { pageTitle } from '~/i18n/page-title';
import { IconArticle, IconVideo } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { anyone } from '~/web/page.server';
import styles from './course.module.css';

export const meta = pageTitle(catalogMessages, (text) => text.title);

export const loader = anyone(async ({ params, context, viewer }) => {
  const { db, settings } = context;
  const courseId = params.courseId ?? '';
  const course = await getPublishedCourse(db, courseId);
  const today = dayAt(context.clock.now(), settings.zone).day;
  const [outline, classes, author] = await Promise.all([
    getCourseOutline(db, course.courseVersionId),
    listOpenClasses(db, viewer?.personId ?? null, today),
    viewer ? canAuthor(db, viewer, courseId) : false,
  ]);
  return {
    course,
    author,
    publishedOn: dayAt(course.publishedAt, settings.zone).day,
    chapters: outline.chapters,
    classes: classes.filter((one) => one.courses.some((taught) => taught.courseId === courseId)),
  };
});

export default function CoursePage() {
  const { course, chapters, classes, author, publishedOn } = useLoaderData<typeof loader>();
  const text = useText(catalogMessages).course;
  const words = useText(courseMessages);
  const locale = useLocale();
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <img
          className={styles.cover}
          src={`/art/cover-${course.cover}.svg`}
          alt=""
          width="320"
          height="184"
        />
        <div className={styles.intro}>
          <p className={`second ${styles.trade}`}>
            {course.occupation}
            <span>{words.levels[course.level] ?? course.level}</span>
          </p>
          <h1>{course.title}</h1>
          <Makers organizations={course.organizations} chapters={chapters} />
          <p className={styles.figures}>
            <b>{words.planned(plannedClassHours(course.durationMs))}</b>
            <span>{words.size(chapters.length, course.lessonCount)}</span>
            <span>{text.videos(spokenTime(course.durationMs, locale))}</span>
          </p>
          <p>{course.summary}</p>
          <p className="row small second">
            {text.published(course.number, spokenDay(publishedOn, locale))}
            {author ? <Link to={`/teach/courses/${course.courseId}`}>{text.edit}</Link> : null}
            <Link to="/catalog">{text.allCourses}</Link>
          </p>
        </div>
      </header>
      <div className={styles.columns}>
        <Outline chapters={chapters} />
        <section className="card" aria-labelledby="classes">
          <h2 id="classes">{text.classes}</h2>
          {classes.length === 0 ? <p className="second">{text.noClasses}</p> : null}
          {classes.map((one) => (
            <article key={one.id} className={styles.offer}>
              <h3>{one.title}</h3>
              <p className="small second">{one.organizationName}</p>
              <p className="small second">
                {text.dates(spokenDay(one.startsOn, locale), spokenDay(one.endsOn, locale))}{' '}
                {text.places(one.placesLeft)}
              </p>
              <p>
                <Link className="button outlined wide" to={`/catalog/classes/${one.id}`}>
                  {text.apply}
                </Link>
              </p>
            </article>
          ))}
        </section>
      </div>
    </div>
  );
}

/** Who made the course, and how much of it each recorded. */
function Makers(props: { organizations: OrganizationMarkRow[]; chapters: Chapters }) {
  const text = useText(catalogMessages).course;
  const locale = useLocale();
  const shares = sharesOfProducers(props.chapters.flatMap((chapter) => chapter.lessons));
  const together = props.organizations.length > 1;
  return (
    <div className={styles.makers}>
      <span className="second">{together ? text.madeTogether : text.made}</span>
      <ul className={`plain ${styles.makers}`}>
        {props.organizations.map((organization) => (
          <li key={organization.id}>
            <OrganizationMark organization={organization} size={22} />
            {organization.name}
            {together && shares.get(organization.id) ? (
              <span className="second">{spokenTime(shares.get(organization.id) ?? 0, locale)}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Chapters = ReturnType<typeof useLoaderData<typeof loader>>['chapters'];

function Outline({ chapters }: { chapters: Chapters }) {
  const text = useText(catalogMessages).course;
  const words = useText(courseMessages);
  return (
    <section aria-labelledby="outline">
      <h2 id="outline">{text.outline}</h2>
      {chapters.map((chapter, index) => (
        <section key={chapter.id} className={styles.chapter}>
          <h3>
            {words.chapterNumber(index + 1)} {chapter.title}
          </h3>
          <ol className="plain">
            {chapter.lessons.map((lesson, at) => (
              <li key={lesson.id} className={styles.lesson}>
                <span className={styles.kind}>
                  {lesson.kind === 'video' ? (
                    <IconVideo size={20} role="img" aria-label={words.kinds.video} />
                  ) : (
                    <IconArticle size={20} role="img" aria-label={words.kinds.article} />
                  )}
                </span>
                <span className={styles.name}>
                  {index + 1}.{at + 1} {lesson.title}
                </span>
                <span className="second small">
                  {lesson.kind === 'video' ? clockTime(lesson.durationMs) : words.kinds.article}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}
