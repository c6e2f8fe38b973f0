import { dayAt } from '~/domain/class-hours/platform-day';
import type { RecountNote } from '~/domain/rule-sets/list-recounts.server';
import { signedTime, spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import styles from './recount-notes.module.css';

/** What other rules made of a lesson's credit, day by day, with who decided it and why. Nothing without any. */
export function RecountNotes(props: { notes: readonly RecountNote[]; zone: string }) {
  const text = useText(ruleSetMessages).recounts;
  const locale = useLocale();
  if (props.notes.length === 0) return null;
  return (
    <section className={styles.notes} aria-labelledby="recounts">
      <h2 id="recounts">{text.title}</h2>
      <p className="small second">{text.intro}</p>
      <ul>
        {props.notes.map((note) => (
          <li key={`${note.day} ${note.at}`}>
            <span className="split">
              <b>{spokenDay(note.day, locale)}</b>
              <b className="figure">{signedTime(note.ms)}</b>
            </span>
            <span className="small second">
              {text.decided(
                note.by,
                spokenDay(dayAt(note.at, props.zone).day, locale),
                note.reason,
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
