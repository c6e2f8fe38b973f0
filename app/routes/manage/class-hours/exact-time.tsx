import { formatExactMs } from '~/domain/class-hours/figures';
import styles from './class-hours.module.css';

/** Exact time, h:mm:ss, its milliseconds fainter: what adds up to the last digit. */
export function ExactTime({ ms }: { ms: number }) {
  const [seconds, rest] = formatExactMs(ms).split('.');
  return (
    <>
      {seconds}
      <span className={styles.rest}>.{rest}</span>
    </>
  );
}
