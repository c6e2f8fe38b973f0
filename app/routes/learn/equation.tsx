import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import styles from './class-hours.module.css';
import type { ShownPlay } from './play-rail';

/** Watched = counted + not counted: of one day, to the second. */
export function Equation({ plays }: { plays: readonly ShownPlay[] }) {
  const text = useText(learnMessages).explained;
  const credited = plays.reduce((sum, play) => sum + play.creditedMs, 0);
  const watched = plays.reduce((sum, play) => sum + (play.wallTo - play.wallFrom), 0);
  // Seconds are cut off once, so that the equation holds in what is shown.
  const spent = Math.floor(watched / 1000);
  const counted = Math.floor(credited / 1000);
  return (
    <dl className={styles.equation}>
      <div>
        <dt>{text.spent}</dt>
        <dd>{clockTime(spent * 1000)}</dd>
      </div>
      <span aria-hidden="true">=</span>
      <div className={styles.counted}>
        <dt>{text.credited}</dt>
        <dd>{clockTime(counted * 1000)}</dd>
      </div>
      <span aria-hidden="true">+</span>
      <div className={styles.uncounted}>
        <dt>{text.uncounted}</dt>
        <dd>{clockTime((spent - counted) * 1000)}</dd>
      </div>
    </dl>
  );
}
