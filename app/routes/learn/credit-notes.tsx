import { dayAt } from '~/domain/class-hours/platform-day';
import type { Correction } from '~/domain/class-hours/corrections';
import { signedTime, spokenDay } from '~/i18n/durations';
import { useLocale } from '~/i18n/locale';
import styles from './credit-notes.module.css';

/** Changes of a lesson's credit, day by day, with who decided them and why. Nothing without any. */
export function CreditNotes(props: {
  id: string;
  text: {
    title: string;
    intro: string;
    decided: (by: string, day: string, reason: string) => string;
  };
  notes: readonly Omit<Correction, 'cause' | 'appealId'>[];
  zone: string;
}) {
  const { id, text, notes, zone } = props;
  const locale = useLocale();
  if (notes.length === 0) return null;
  return (
    <section className={styles.notes} aria-labelledby={id}>
      <h2 id={id}>{text.title}</h2>
      <p className="small second">{text.intro}</p>
      <ul>
        {notes.map((note, index) => (
          <li key={`${note.day} ${note.at} ${index}`}>
            <span className="split">
              <b>{spokenDay(note.day, locale)}</b>
              <b className="figure">{signedTime(note.ms)}</b>
            </span>
            <span className="small second">
              {text.decided(note.by, spokenDay(dayAt(note.at, zone).day, locale), note.reason)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
