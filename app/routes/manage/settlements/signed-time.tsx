import { ExactTime } from '../class-hours/exact-time';
import styles from './settlements.module.css';

/** Exact time that may lie below zero; nothing is fainter. */
export function SignedTime({ ms }: { ms: number }) {
  return (
    <span className={ms === 0 ? `nowrap ${styles.zero}` : 'nowrap'}>
      <ExactTime ms={ms} />
    </span>
  );
}
