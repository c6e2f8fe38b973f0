import { Form, useNavigation } from '@remix-run/react';
import type { Appeal } from '~/domain/class-hours/list-appeals.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { Badge } from '~/ui/badge';
import { SelectField, TextField } from '~/ui/field';
import { Notice } from '~/ui/notice';
import styles from './appeals.module.css';

const TONES = { open: 'pending', accepted: 'done', declined: 'plain' } as const;

/** What became of a learner's appeals on a lesson; nothing without any. */
export function MyAppeals({ appeals, zone }: { appeals: readonly Appeal[]; zone: string }) {
  const messages = useText(appealMessages);
  const text = messages.mine;
  const locale = useLocale();
  const dayOf = (at: number) => spokenDay(dayAt(at, zone).day, locale);
  if (appeals.length === 0) return null;
  return (
    <section id="appeals" className={styles.card} aria-labelledby="my-appeals">
      <h2 id="my-appeals">{text.title}</h2>
      <ul className={styles.list}>
        {appeals.map((appeal) => {
          const state = appeal.decision ?? 'open';
          const day = appeal.day ? spokenDay(appeal.day, locale) : messages.wholeLesson;
          return (
            <li key={appeal.id}>
              <span className="split">
                <b>{day}</b>
                <Badge tone={TONES[state]}>{messages.states[state]}</Badge>
              </span>
              <p className={styles.words}>{appeal.text}</p>
              <p className="small second">{text.madeOn(dayOf(appeal.madeAt))}</p>
              {appeal.decidedAt === null ? (
                <p className="small second">{text.waiting}</p>
              ) : (
                <div className={styles.answer}>
                  <p className={styles.words}>{appeal.answer}</p>
                  <p className="small second">
                    {text.answered(appeal.decidedBy ?? '', dayOf(appeal.decidedAt))}
                  </p>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What was sent and refused: it is kept, with what is wrong about it. */
export interface RefusedAppeal {
  errors: Partial<Record<string, string>>;
  day: string;
  text: string;
}

/** A sentence to the class's manager about one day of a lesson, or about all of it. */
export function AppealForm(props: {
  days: readonly string[];
  day: string | undefined;
  today: string;
  waiting: readonly Appeal[];
  refused: RefusedAppeal | undefined;
}) {
  const { days, today, refused } = props;
  const messages = useText(appealMessages);
  const text = messages.ask;
  const locale = useLocale();
  const sending = useNavigation().formMethod === 'POST';
  const taken = props.waiting.map((appeal) => appeal.day ?? '');
  const free = [...new Set([...days, today])].sort().filter((day) => !taken.includes(day));
  if (taken.includes('') && free.length === 0 && !refused) return null;
  const chosen = refused?.day ?? (free.includes(props.day ?? '') ? props.day : undefined);
  const error = (name: string) => messages.errors[refused?.errors[name] ?? ''];
  return (
    <details className={styles.card} open={refused !== undefined}>
      <summary className={styles.ask}>
        <span>
          <b>{text.title}</b>
          <span className="small second">{text.intro}</span>
        </span>
        <span className="button outlined">{text.open}</span>
      </summary>
      <Form method="post" className="stack" preventScrollReset>
        {refused?.errors.form ? <Notice tone="wrong">{error('form')}</Notice> : null}
        <SelectField label={text.day} name="day" defaultValue={chosen ?? ''} error={error('day')}>
          {free.map((day) => (
            <option key={day} value={day}>
              {day === today ? text.dayToday(spokenDay(day, locale)) : spokenDay(day, locale)}
            </option>
          ))}
          {taken.includes('') ? null : <option value="">{messages.wholeLesson}</option>}
        </SelectField>
        <TextField
          label={text.text}
          hint={text.textHint}
          name="text"
          rows={4}
          maxLength={500}
          defaultValue={refused?.text}
          error={error('text')}
        />
        <button className="button wide" disabled={sending}>
          {text.submit}
        </button>
      </Form>
    </details>
  );
}
