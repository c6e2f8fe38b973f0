import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type SyntheticEvent,
} from 'react';
import { LONGEST_COMMENT } from '~/domain/comments/comment-limits';
import type { Mentionable } from '~/domain/comments/mentionable-people.server';
import { matchPeople, nameBeingWritten } from '~/domain/comments/mentions-in-words';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { TextField } from '~/ui/field';
import styles from './mention-field.module.css';

interface Given {
  label: string;
  value: string;
  onChange: (words: string) => void;
  people: readonly Mentionable[];
  onPick: (personId: string) => void;
}

/**
 * What is said, with people called by @: writing it opens a list of them, filtered by what follows, to choose from
 * with the arrows and Enter or by a tap. It stays a text box whose list screen readers hear of.
 */
export function MentionField({ label, value, onChange, people, onPick }: Given) {
  const text = useText(commentMessages);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number>();
  const [left, setLeft] = useState<number>();
  const [active, setActive] = useState(0);
  const writing = caret === undefined ? undefined : nameBeingWritten(value, caret);
  const found = writing && writing.at !== left ? matchPeople(people, writing.begun) : [];
  const open = found.length > 0;
  const chosen = Math.min(active, found.length - 1);
  const wanted = useRef<number>();
  useLayoutEffect(() => {
    // Behind the name that was put in.
    if (wanted.current === undefined) return;
    box.current?.querySelector('textarea')?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = undefined;
  }, [value]);
  useEffect(() => {
    if (open)
      box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [open, chosen]);
  const look = ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) =>
    setCaret(currentTarget.selectionStart);
  const pick = (person: Mentionable) => {
    if (!writing || caret === undefined) return;
    const call = `@${person.name} `;
    onChange(value.slice(0, writing.at) + call + value.slice(caret));
    onPick(person.personId);
    wanted.current = writing.at + call.length;
    setCaret(wanted.current);
    setActive(0);
  };
  const steer = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return;
    const { key } = event;
    const person = found[chosen];
    if (key === 'ArrowDown') setActive((chosen + 1) % found.length);
    else if (key === 'ArrowUp') setActive((chosen + found.length - 1) % found.length);
    else if (key === 'Escape') setLeft(writing?.at);
    else if ((key === 'Enter' || key === 'Tab') && person) pick(person);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className={styles.field}>
      <TextField
        label={label}
        {...(people.length > 0 ? { hint: text.mentionHint } : {})}
        rows={2}
        maxLength={LONGEST_COMMENT}
        value={value}
        onChange={(event) => {
          const words = event.currentTarget.value;
          onChange(words);
          look(event);
          setActive(0);
          if (left !== undefined && words[left] !== '@') setLeft(undefined);
        }}
        onSelect={look}
        onKeyDown={steer}
        onBlur={() => setCaret(undefined)}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(open ? { 'aria-controls': id, 'aria-activedescendant': `${id}-${chosen}` } : {})}
      />
      <p className="visually-hidden" role="status">
        {open ? text.mentionFound(found.length) : ''}
      </p>
      {open ? (
        <ul id={id} role="listbox" aria-label={text.mention} className={styles.people}>
          {found.map((person, index) => (
            // The keys are the text box's.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={person.personId}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              // The words keep the caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(person)}
            >
              <b>{person.name}</b> <span className="second">{person.organization}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
