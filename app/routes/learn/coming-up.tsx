import { spokenMonth } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import { hoursText } from './hours-card';
import styles from './home.module.css';

export interface DatedClass {
  enrollmentId: string;
  title: string;
  status: 'applied' | 'enrolled' | 'completed' | 'withdrawn';
  state: 'preparing' | 'running' | 'ended';
  startsOn: string;
  endsOn: string;
  daysLeft: number;
  requiredClassHours: number;
  creditedClassHours: number;
}

/** The next dates: where each class begins or ends. */
export function ComingUp({ classes }: { classes: readonly DatedClass[] }) {
  const text = useText(learnMessages);
  if (classes.length === 0) return null;
  return (
    <section className={styles.next}>
      <h2>{text.home.next}</h2>
      <ul className="plain">
        {classes.map((one) => (
          <li key={one.enrollmentId}>
            <Link to={`/learn/classes/${one.enrollmentId}`}>
              <Day day={one.state === 'preparing' ? one.startsOn : one.endsOn} />
              <span className={styles.what}>
                <span>
                  {one.state === 'preparing'
                    ? text.home.starts(one.title)
                    : text.home.ends(one.title)}
                </span>
                <span className="small second">
                  {one.status === 'applied'
                    ? text.classes.state.applied
                    : one.state === 'preparing'
                      ? text.classes.state.preparing
                      : text.home.standing(
                          one.daysLeft - 1,
                          hoursText(one.creditedClassHours),
                          hoursText(one.requiredClassHours),
                        )}
                </span>
              </span>
              <IconChevronRight size={20} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Day({ day }: { day: string }) {
  const locale = useLocale();
  return (
    <span className={styles.day}>
      <b>{Number(day.slice(8))}</b>
      {spokenMonth(day, locale)}
    </span>
  );
}
