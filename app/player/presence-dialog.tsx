import { useEffect, useId, useRef } from 'react';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { playerMessages } from '~/i18n/messages/player';
import { IconCircleCheck } from '~/ui/icons';
import type { ShownPresence } from './presence';
import styles from './presence-dialog.module.css';

/**
 * The presence check over the paused player: a sheet on a phone, a card on a desk. It shows no clock and cannot be
 * dismissed by mistake; leaving costs nothing that was counted.
 */
export function PresenceDialog(props: {
  presence: ShownPresence;
  atMs: number;
  answer: (option: string) => void;
  leave: () => void;
}) {
  const { presence, atMs, answer, leave } = props;
  const { check, state } = presence;
  const text = useText(playerMessages).presence;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const question = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
  }, []);
  const waits = state === 'answering' || state === 'wrong';
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={title}
      aria-describedby={question}
      onCancel={(event) => event.preventDefault()}
    >
      <p className={styles.paused}>{text.pausedAt(clockTime(atMs))}</p>
      <h2 id={title}>{text.title}</h2>
      <p id={question} className={styles.question}>
        {check.question}
      </p>
      <div className={styles.options}>
        {check.options.map((option) => (
          <button
            key={`${check.id} ${option.id}`}
            type="button"
            aria-disabled={waits}
            onClick={() => (waits ? undefined : answer(option.id))}
          >
            {option.text}
          </button>
        ))}
      </div>
      <p className={styles.outcome} role="status">
        {state === 'wrong' ? text.wrong : state === 'failed' ? text.failed : ''}
      </p>
      <div className={styles.saved}>
        <IconCircleCheck size={22} aria-hidden="true" />
        <p>
          <b>{text.saved}</b>
          {text.noHurry}
        </p>
      </div>
      <button type="button" className={styles.leave} onClick={leave}>
        {text.leave}
      </button>
    </dialog>
  );
}
