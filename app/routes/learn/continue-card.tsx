import type { Range } from '~/domain/class-hours/ranges';
import { clockTime, spokenTime } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { IconPlayerPlayFilled } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Strip } from '~/ui/strip';
import styles from './home.module.css';

export interface NextLesson {
  enrollmentId: string;
  lesson: {
    id: string;
    title: string;
    kind: 'video' | 'article';
    durationMs: number;
    creditedMs: number;
    lastMediaMs: number;
    lastStudiedAt: number | null;
  };
  chapterNumber: number;
  lessonNumber: number;
  cover: string;
  coverage: readonly Range[];
  leftMs: number;
  playFromMs?: number | undefined;
  gaps: readonly Range[];
}

/** The one thing to do now. */
export function ContinueCard(props: { next: NextLesson | undefined; enrollmentId: string }) {
  const text = useText(learnMessages);
  const locale = useLocale();
  const { next, enrollmentId } = props;
  if (!next)
    return (
      <section className={styles.continue}>
        <h2>{text.home.allDone}</h2>
        <p>{text.home.allDoneText}</p>
        <Link className={styles.go} to={`/learn/classes/${enrollmentId}`}>
          {text.lesson.toClass}
        </Link>
      </section>
    );
  const { lesson, leftMs, gaps, coverage } = next;
  const to = `/learn/classes/${enrollmentId}/lessons/${lesson.id}`;
  const video = lesson.kind === 'video' && lesson.durationMs > 0;
  const left = spokenTime(leftMs, locale);
  const [before, time, after] = gaps[0]
    ? text.home.leftFrom(left, clockTime(gaps[0][0]))
    : text.home.left(left);
  const goTo = gaps[0] ? `${to}?from=${gaps[0][0]}` : to;
  return (
    <section
      className={styles.continue}
      style={{ backgroundImage: `url(/art/line-${next.cover}.svg)` }}
    >
      <p className={styles.place}>{text.home.place(next.chapterNumber, next.lessonNumber)}</p>
      <h2>{lesson.title}</h2>
      {video ? (
        <>
          <Strip
            onGreen
            durationMs={lesson.durationMs}
            counted={coverage}
            uncounted={gaps}
            atMs={lesson.lastMediaMs}
            unit={text.lesson.minutes}
            label={text.lesson.strip(spokenTime(lesson.creditedMs, locale), left)}
          />
          <p className={styles.left}>
            {before}
            <b>{time}</b>
            {after}
          </p>
        </>
      ) : (
        <p className={styles.left}>{text.home.article}</p>
      )}
      <Link className={styles.go} to={goTo}>
        <IconPlayerPlayFilled size={20} aria-hidden="true" />
        {lesson.lastStudiedAt ? text.home.continue : text.home.start}
      </Link>
    </section>
  );
}
