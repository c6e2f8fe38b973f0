import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { LONGEST_REPLACEMENT } from '~/domain/comments/comment-limits';
import type { Mentionable } from '~/domain/comments/mentionable-people.server';
import { calledIn } from '~/domain/comments/mentions-in-words';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { TextField } from '~/ui/field';
import { IconX } from '~/ui/icons';
import { Notice } from '~/ui/notice';
import { MentionField } from './mention-field';
import type { CommentFault } from './send-comment';
import styles from './comments.module.css';

export interface Said {
  body: string;
  mentions: string[];
  replacement?: string;
}

interface Given {
  label: string;
  submit: string;
  people: readonly Mentionable[];
  /** Where a change is suggested: the words it is about, none where some are to be inserted. */
  quote?: string;
  send: (said: Said) => Promise<CommentFault | undefined>;
  done: () => void;
  cancel?: () => void;
}

/** Says something, or suggests other words; what was typed stays until it has arrived. */
export function CommentForm(props: Given) {
  const { people, quote, send, done } = props;
  const text = useText(commentMessages);
  const [body, setBody] = useState('');
  const [replacement, setReplacement] = useState(quote ?? '');
  const [chosen, setChosen] = useState<string[]>([]);
  const [picked, setPicked] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CommentFault>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const called = calledIn(body, people, picked);
  const mentions = [...new Set([...chosen, ...called.map(({ personId }) => personId)])];
  // Whoever is mentioned no more is no longer called in the words either.
  const choose = (personIds: string[]) => {
    const gone = called.filter(({ personId }) => !personIds.includes(personId));
    setBody(gone.reduce((words, { name }) => words.replaceAll(`@${name}`, name), body));
    setChosen(personIds.filter((personId) => !called.some((one) => one.personId === personId)));
  };
  const suggests = quote !== undefined;
  const ready = suggests ? replacement !== quote : body.trim() !== '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    const wrong = await send({ body, mentions, ...(suggests ? { replacement } : {}) });
    setBusy(false);
    setFault(wrong);
    if (wrong) return;
    setBody('');
    setChosen([]);
    setPicked([]);
    done();
  };
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={props.label}
      onSubmit={(event) => void submit(event)}
    >
      {suggests ? (
        <TextField
          label={quote ? text.replacement : text.insertion}
          hint={quote ? text.replacementHint : undefined}
          rows={2}
          maxLength={LONGEST_REPLACEMENT}
          value={replacement}
          onChange={(event) => setReplacement(event.currentTarget.value)}
        />
      ) : null}
      <MentionField
        label={suggests ? text.reason : props.label}
        value={body}
        onChange={setBody}
        people={people}
        onPick={(personId) => setPicked([...picked, personId])}
      />
      <Mentions people={people} chosen={mentions} choose={choose} />
      {fault ? (
        <Notice tone="wrong">
          {fault.kind === 'text-changed' ? text.conflict.late : text.faults[fault.kind]}
        </Notice>
      ) : null}
      <div className={styles.actions}>
        <button className="button" aria-disabled={!ready || busy}>
          {props.submit}
        </button>
        {props.cancel ? (
          <button type="button" className="button text" onClick={props.cancel}>
            {text.cancel}
          </button>
        ) : null}
      </div>
    </form>
  );
}

/** Who is called into the conversation; kept by person, so that a new name needs no change of words. */
function Mentions(props: {
  people: readonly Mentionable[];
  chosen: string[];
  choose: (personIds: string[]) => void;
}): ReactNode {
  const { people, chosen, choose } = props;
  const text = useText(commentMessages);
  const id = useId();
  if (people.length === 0) return null;
  const named = people.filter(({ personId }) => chosen.includes(personId));
  const others = people.filter(({ personId }) => !chosen.includes(personId));
  return (
    <div className={styles.mentions}>
      <label className="visually-hidden" htmlFor={id}>
        {text.mention}
      </label>
      {named.map(({ personId, name }) => (
        <button
          key={personId}
          type="button"
          className={styles.named}
          aria-label={text.mentionRemove(name)}
          onClick={() => choose(chosen.filter((one) => one !== personId))}
        >
          @{name}
          <IconX size={14} aria-hidden="true" />
        </button>
      ))}
      {others.length > 0 ? (
        <select
          id={id}
          className="input"
          value=""
          onChange={(event) => choose([...chosen, event.currentTarget.value])}
        >
          <option value="">@ {text.mentionChoose}</option>
          {others.map(({ personId, name, organization }) => (
            <option key={personId} value={personId}>
              {name} {organization}
            </option>
          ))}
        </select>
      ) : null}
    </div>
  );
}
