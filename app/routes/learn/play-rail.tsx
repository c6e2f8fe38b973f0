import { missingWithin } from '~/domain/class-hours/missing-within';
import type { Range } from '~/domain/class-hours/ranges';
import { clockTime, spokenTime, timeOfDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { IconPlayerPlayFilled } from '~/ui/icons';
import { Link } from '~/ui/link';
import styles from './class-hours.module.css';

export interface ShownPlay {
  wallFrom: number;
  wallTo: number;
  mediaFromMs: number;
  mediaToMs: number;
  validMs: number;
  creditedMs: number;
  refusals: readonly { clause: string; ms: number }[];
}

interface Lesson {
  url: string;
  coverage: readonly Range[];
  open: boolean;
}

/** Shorter than this is noise of measuring; it is in the sum, and not worth a line of its own. */
const WORTH_A_LINE_MS = 1000;

/** One day of one lesson, play by play: what counted, what did not and why, and what to do about it. */
export function PlayRail(props: { plays: readonly ShownPlay[]; zone: string; lesson: Lesson }) {
  const { plays, zone, lesson } = props;
  const text = useText(learnMessages).explained;
  const last = plays[plays.length - 1];
  return (
    <ol className={styles.rail}>
      {plays.map((play) => (
        <Play
          key={`${play.wallFrom}-${play.mediaFromMs}`}
          play={play}
          zone={zone}
          lesson={lesson}
        />
      ))}
      {last ? (
        <li className={styles.end}>
          <time>{timeOfDay(last.wallTo, zone)}</time>
          <span className={styles.diamond} />
          <span className="second">{text.left}</span>
        </li>
      ) : null}
    </ol>
  );
}

function Play(props: { play: ShownPlay; zone: string; lesson: Lesson }) {
  const { play, zone, lesson } = props;
  const text = useText(learnMessages).explained;
  const media = text.play(clockTime(play.mediaFromMs), clockTime(play.mediaToMs));
  const notCounted = play.validMs - play.creditedMs;
  const named = play.refusals.reduce(
    (sum, { clause, ms }) => (clause === 'speed' || clause === 'daily-cap' ? sum + ms : sum),
    0,
  );
  const again = Math.max(0, notCounted - named);
  const refusals = play.refusals.filter(({ ms }) => ms >= WORTH_A_LINE_MS);
  const time = <time>{timeOfDay(play.wallFrom, zone)}</time>;
  const counted = play.creditedMs >= WORTH_A_LINE_MS || refusals.length + again === 0;
  return (
    <>
      {counted ? (
        <li className={styles.counted}>
          {time}
          <span className={styles.bar} />
          <div className={styles.line}>
            <b>{text.credited}</b>
            <b>{clockTime(play.creditedMs)}</b>
            <span className="second small">{media}</span>
          </div>
        </li>
      ) : null}
      {again >= WORTH_A_LINE_MS ? (
        <li className={styles.again}>
          {time}
          <span className={styles.bar} />
          <div className={styles.line}>
            <b>{text.again[0]}</b>
            <b>{clockTime(again)}</b>
            <span className="second small">
              {media}
              <br />
              {text.again[1]}
            </span>
          </div>
        </li>
      ) : null}
      {refusals.map(({ clause, ms }) => (
        <li key={clause} className={styles.refused}>
          {time}
          <span className={styles.bar} />
          <div className={styles.card}>
            <div className={styles.line}>
              <b>
                {text.uncounted}：{text.clause[clause]?.[0] ?? clause}
              </b>
              <b>{clockTime(ms)}</b>
            </div>
            <p>{text.clause[clause]?.[1]}</p>
            {clause === 'daily-cap' ? null : <Remedy play={play} lesson={lesson} />}
          </div>
        </li>
      ))}
    </>
  );
}

/** What to do now about a part that did not count. */
function Remedy({ play, lesson }: { play: ShownPlay; lesson: Lesson }) {
  const text = useText(learnMessages).explained;
  const locale = useLocale();
  const missing = missingWithin(lesson.coverage, play.mediaFromMs, play.mediaToMs);
  const [first] = missing;
  const last = missing[missing.length - 1];
  if (!first || !last) return <p className="second">{text.remedyDone}</p>;
  if (!lesson.open) return <p className="second">{text.remedyClosed}</p>;
  const missingMs = missing.reduce((sum, [from, to]) => sum + to - from, 0);
  return (
    <>
      <p className="second">{text.remedy(clockTime(first[0]), clockTime(last[1]))}</p>
      <Link className="button outlined" to={`${lesson.url}?from=${first[0]}`}>
        <IconPlayerPlayFilled size={16} aria-hidden="true" />
        {text.rewatch(spokenTime(missingMs, locale))}
      </Link>
    </>
  );
}
