import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { whatIsLeft } from '~/domain/class-hours/what-is-left';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { LessonPlayer } from '~/player/lesson-player';
import type { StudyView } from '~/player/study';
import { EmptyState } from '~/ui/empty-state';
import { IconChevronLeft, IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { Strip } from '~/ui/strip';
import { ArticleText } from './article-text';
import { whereLeft, type LessonPage } from './lesson-page';
import styles from './lesson.module.css';

/** A video: the player, its status line, then how this lesson stands. */
export function VideoView({ page }: { page: LessonPage }) {
  const text = useText(learnMessages).lesson;
  const { lesson, media, enrollmentId, captions } = page;
  const back = (
    <Link className={styles.back} to={`/learn/classes/${enrollmentId}`} aria-label={text.back}>
      <IconChevronLeft size={24} aria-hidden="true" />
    </Link>
  );
  if (!media || !page.playable)
    return (
      <>
        <div className={styles.darkBar}>{back}</div>
        <div className={styles.about}>
          <Title page={page} />
          <EmptyState
            drawing="caliper"
            title={media ? text.preparing : text.unavailable}
            actions={
              <Link className="button outlined" to="." reloadDocument>
                {text.reload}
              </Link>
            }
          >
            {media ? text.preparingText : text.unavailableText}
          </EmptyState>
        </div>
      </>
    );
  const url = `/media/${media.id}`;
  return (
    <LessonPlayer
      learnerId={page.personId}
      enrollmentId={enrollmentId}
      lessonId={lesson.id}
      title={lesson.title}
      posterUrl={`${url}/poster.jpg`}
      madeBy={page.producer.name}
      partOf={page.className}
      countsHidden={page.countsHidden}
      video={{
        rungs: page.renditions,
        audioBitrate: media.audioBitrate,
        durationMs: media.durationMs,
      }}
      next={
        page.next && {
          to: `/learn/classes/${enrollmentId}/lessons/${page.next.id}`,
          title: page.next.title,
        }
      }
      source={{
        playlist: `${url}/master.m3u8`,
        audio: media.audioBitrate === null ? null : `${url}/audio/index.m3u8`,
        previews: media.hasPreviews ? `${url}/previews.vtt` : null,
        sections: page.sections,
        poster: `${url}/poster.jpg`,
        captions: captions.map((caption) => ({
          ...caption,
          url: `${url}/captions.${caption.language}.vtt`,
        })),
      }}
      ahead={page.ahead}
      maxSpeed={page.maxSpeed}
      playFromMs={page.playFromMs}
      initial={{
        atMs: whereLeft(lesson.lastMediaMs, media.durationMs),
        creditedTodayMs: page.creditedTodayMs,
        creditedMs: lesson.creditedMs,
        coveredMs: lesson.coveredMs,
        spentMs: page.spentMs,
        complete: lesson.complete,
        coverage: page.coverage,
      }}
      corner={back}
    >
      {(view, seekTo) => (
        <div className={styles.about}>
          <Title page={page} />
          <Standing page={page} view={view} lengthMs={media.durationMs} />
          <Sections sections={page.sections} atMs={view.atMs} seekTo={seekTo} />
          <ArticleText html={page.articleHtml} />
        </div>
      )}
    </LessonPlayer>
  );
}

export function Title({ page }: { page: Pick<LessonPage, 'label' | 'lesson' | 'producer'> }) {
  const text = useText(learnMessages).lesson;
  return (
    <div>
      <h1>
        {page.label} {page.lesson.title}
      </h1>
      <p className={styles.producer}>
        <OrganizationMark organization={page.producer} size={20} />
        {text.madeBy(page.producer.name)}
      </p>
    </div>
  );
}

/** The parts of the lesson: a tap goes there. */
function Sections(props: {
  sections: LessonPage['sections'];
  atMs: number;
  seekTo: (ms: number) => Promise<void>;
}) {
  const { sections, atMs, seekTo } = props;
  const text = useText(learnMessages).lesson;
  if (sections.length === 0) return null;
  const now = sections.findLastIndex((section) => section.atMs <= atMs);
  return (
    <nav aria-label={text.sections}>
      <h2 className={styles.sectionsTitle}>{text.sections}</h2>
      <ol className={styles.sections}>
        {sections.map((section, n) => (
          <li key={section.atMs}>
            <button
              type="button"
              aria-current={n === now ? 'true' : undefined}
              onClick={() => void seekTo(section.atMs)}
            >
              <time>{clockTime(section.atMs)}</time>
              {section.title}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Standing(props: { page: LessonPage; view: StudyView; lengthMs: number }) {
  const { page, view, lengthMs } = props;
  const text = useText(learnMessages).lesson;
  const { coverage, spentMs, creditedMs, complete, status } = view;
  const { revalidate } = useRevalidator();
  // The rows beside the player follow when a learner rests or has finished the lesson.
  const behind = (status === 'paused' || complete) && creditedMs > page.lesson.creditedMs;
  useEffect(() => {
    if (behind) revalidate();
  }, [behind, revalidate]);
  const left = whatIsLeft({ coverage, spentMs, lengthMs, maxSpeed: page.maxSpeed });
  const [counted, time] = text.credited(clockTime(creditedMs));
  const [before, missing, after] = text.left(clockTime(left.leftMs));
  const gaps = left.gaps.filter(([from, to]) => to - from >= 1000);
  return (
    <>
      <Strip
        durationMs={lengthMs}
        counted={coverage}
        uncounted={gaps}
        atMs={view.atMs}
        unit={text.minutes}
        label={text.strip(clockTime(creditedMs), clockTime(left.leftMs))}
      />
      <p>
        {counted}
        <b>{time}</b>
        {complete ? (
          text.complete
        ) : (
          <>
            {before}
            <b>{missing}</b>
            {after}
          </>
        )}
      </p>
      <Link
        className={styles.why}
        to={`/learn/classes/${page.enrollmentId}/lessons/${page.lesson.id}/class-hours`}
      >
        {gaps.length > 0 ? <span className="hatch" aria-hidden="true" /> : null}
        {gaps.length > 0 ? text.why(gaps.length) : text.how}
        <IconChevronRight size={18} aria-hidden="true" />
      </Link>
    </>
  );
}
