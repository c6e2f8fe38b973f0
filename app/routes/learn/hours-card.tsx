import { spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { Dial } from '~/ui/dial';
import { IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import styles from './home.module.css';

export interface StudiedClass {
  enrollmentId: string;
  state: 'preparing' | 'running' | 'ended';
  endsOn: string;
  daysLeft: number;
  minutesPerClassHour: number;
  requiredClassHours: number;
  creditedClassHours: number;
  creditedMs: number;
}

/** Class hours with one decimal only where it says something: 12.5, 24. */
export function hoursText(hours: number): string {
  return String(Math.round(hours * 10) / 10);
}

/** The one number: what is credited, what is left, until when, and how much a day that is. */
export function HoursCard(props: {
  studied: StudiedClass;
  next: { lesson: { id: string; kind: 'video' | 'article' } } | undefined;
}) {
  const { studied, next } = props;
  const text = useText(learnMessages).home;
  const locale = useLocale();
  const required = hoursText(studied.requiredClassHours);
  const credited = hoursText(studied.creditedClassHours);
  const left = Math.max(0, studied.requiredClassHours - studied.creditedClassHours);
  const unitMs = studied.minutesPerClassHour * 60_000;
  const leftMs = Math.max(0, studied.requiredClassHours * unitMs - studied.creditedMs);
  const aDay = Math.ceil(leftMs / Math.max(1, studied.daysLeft) / 60_000);
  const lessons = `/learn/classes/${studied.enrollmentId}`;
  const how =
    next?.lesson.kind === 'video' ? `${lessons}/lessons/${next.lesson.id}/class-hours` : lessons;
  return (
    <section className={styles.hours}>
      <Dial
        value={studied.creditedClassHours}
        total={studied.requiredClassHours}
        label={text.dial(credited, required)}
      >
        <span className={styles.dialWord}>{text.learned}</span>
        <span className={styles.dialFigure}>{credited}</span>
        <span className={styles.dialWord}>{text.ofRequired(required)}</span>
      </Dial>
      <div className="stack-tight">
        {left > 0 ? (
          <>
            <p className="second small">{text.stillLeft}</p>
            <p className={styles.leftFigure}>
              {hoursText(left)} <small>{text.unit}</small>
            </p>
          </>
        ) : (
          <p className={styles.leftFigure}>{text.reached}</p>
        )}
        {studied.state === 'running' && left > 0 ? (
          <p className="second small">
            {text.until(spokenDay(studied.endsOn, locale))}
            <br />
            {text.perDay(aDay)}
          </p>
        ) : null}
        <Link className={styles.how} to={how}>
          {text.how}
          <IconChevronRight size={16} aria-hidden="true" />
        </Link>
      </div>
    </section>
  );
}
