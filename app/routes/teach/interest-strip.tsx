import { peakOf } from '~/domain/reports/interest';
import type { LessonInterest } from '~/domain/reports/get-lesson-interest.server';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { Strip } from '~/ui/strip';
import styles from './interest-strip.module.css';

/** How learners watch a lesson, over its length: who saw each part, and where it is seen again, paused and left. */
export function InterestStrip(props: { interest: LessonInterest; durationMs: number }) {
  const { interest, durationMs } = props;
  const text = useText(captionMessages).interest;
  const { slices, viewers, finished, viewings } = interest;
  if (viewers === 0 || slices.length === 0) {
    return (
      <section className={styles.interest} aria-label={text.title}>
        <h2>{text.title}</h2>
        <p className="second">{text.none}</p>
      </section>
    );
  }
  const most = Math.max(1, ...slices.map((slice) => slice.viewers + slice.again));
  const times = (again: number) => again.toFixed(1).replace(/\.0$/, '');
  const again = peakOf(slices, 'again');
  const pauses = peakOf(slices, 'pauses');
  const leaves = peakOf(slices, 'leaves');
  const height = (count: number) => `${((100 * count) / most).toFixed(1)}%`;
  return (
    <section className={styles.interest} aria-label={text.title}>
      <div className="split">
        <h2>{text.title}</h2>
        <span>
          <b>{text.viewers(viewers)}</b>，
          <b>{text.finished(Math.round((100 * finished) / viewers))}</b>
        </span>
      </div>
      <div className={styles.bars} role="img" aria-label={text.strip}>
        {slices.map((slice) => (
          <span
            key={slice.fromMs}
            title={text.slice(
              clockTime(slice.fromMs),
              clockTime(slice.toMs),
              slice.viewers,
              times(slice.again),
            )}
          >
            <i className={styles.again} style={{ height: height(slice.again) }} />
            <i className={styles.viewers} style={{ height: height(slice.viewers) }} />
          </span>
        ))}
      </div>
      <Strip durationMs={durationMs} counted={[]} unit={text.minutes} label={text.strip} />
      <ul>
        {again ? <li>{text.again(clockTime(again.fromMs), times(again.again))}</li> : null}
        {pauses ? <li>{text.pauses(clockTime(pauses.fromMs), pauses.pauses)}</li> : null}
        {leaves ? <li>{text.leaves(clockTime(leaves.fromMs), leaves.leaves)}</li> : null}
      </ul>
      <p className="small second">{text.from(viewings)}</p>
    </section>
  );
}
