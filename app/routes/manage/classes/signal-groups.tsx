import { Form } from '@remix-run/react';
import type { ListedSignal } from '~/domain/signals/list-class-signals.server';
import { useLocale, useText } from '~/i18n/locale';
import { signalMessages } from '~/i18n/messages/signals';
import { useMoment } from '~/i18n/moment';
import { Badge } from '~/ui/badge';
import { TextField } from '~/ui/field';
import { Link } from '~/ui/link';
import { signalSentence } from './signal-sentence';
import styles from './signals.module.css';

/** What was wrong with the note that was just sent, and what was typed. */
type Refused = { errors: Record<string, string>; signalId: string; found: string } | undefined;

/** Signals under the learner they are about; they come sorted by learner. */
export function SignalGroups(props: { signals: ListedSignal[]; zone: string; refused: Refused }) {
  const text = useText(signalMessages);
  const groups: ListedSignal[][] = [];
  for (const signal of props.signals) {
    const last = groups.at(-1);
    if (last?.[0]?.enrollmentId === signal.enrollmentId) last.push(signal);
    else groups.push([signal]);
  }
  return (
    <>
      {groups.map((group) => {
        const { enrollmentId, name } = group[0]!;
        return (
          <section key={enrollmentId} className={`card ${styles.learner}`}>
            <div className={styles.who}>
              <h2>{name}</h2>
              <Link to={`/manage/class-hours/enrollments/${enrollmentId}`}>
                {text.record(name)}
              </Link>
            </div>
            <ul className="plain">
              {group.map((signal) => (
                <SignalRow
                  key={signal.id}
                  signal={signal}
                  zone={props.zone}
                  refused={props.refused?.signalId === signal.id ? props.refused : undefined}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function SignalRow(props: { signal: ListedSignal; zone: string; refused: Refused }) {
  const { signal, zone, refused } = props;
  const text = useText(signalMessages);
  const locale = useLocale();
  const moment = useMoment(zone);
  const kind = text.kinds[signal.evidence.kind];
  return (
    <li className={styles.signal}>
      <p className={styles.what}>
        <b>{kind}</b>
        <span className="second nowrap">{signal.day}</span>
        {signal.seen ? <Badge tone="done">{text.seen}</Badge> : null}
      </p>
      <div className={styles.says}>
        <p>{signalSentence(signal, locale, zone)}</p>
        <p className="small second">{text.honest[signal.evidence.kind]}</p>
        {signal.notes.map((note) => (
          <p key={note.notedAt} className={styles.noted}>
            <span className="second">{text.notedBy(note.notedBy, moment(note.notedAt))}</span>
            {note.found}
          </p>
        ))}
        <details open={refused !== undefined || undefined}>
          <summary aria-label={text.noteOf(signal.name, kind, signal.day)}>{text.note}</summary>
          <Form method="post" className={styles.form} preventScrollReset>
            <input type="hidden" name="signalId" value={signal.id} />
            <input type="hidden" name="measure" value={signal.measure} />
            <TextField
              label={text.found}
              name="found"
              rows={2}
              hint={text.foundHint}
              defaultValue={refused?.found ?? ''}
              error={refused?.errors.found ? text.errors[refused.errors.found] : undefined}
            />
            <button className="button outlined" name="intent" value="note">
              {text.save}
            </button>
          </Form>
        </details>
      </div>
      <p className={styles.lessons}>
        {signal.lessons.map(({ id, title }) => (
          <Link
            key={id}
            to={`/manage/class-hours/enrollments/${signal.enrollmentId}/lessons/${id}`}
          >
            {text.explained(title)}
          </Link>
        ))}
      </p>
    </li>
  );
}
