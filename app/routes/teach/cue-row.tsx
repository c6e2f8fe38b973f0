import { useEffect, useState } from 'react';
import { formatCueTime, parseCueTime } from '~/domain/media/cue-time';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { IconPlayerPlay, IconTrash } from '~/ui/icons';
import type { EditedCue, EditedCues } from './use-cues';
import styles from './captions.module.css';

/** One line: its times, its text, and what can be done with it. */
export function CueRow(props: {
  n: number;
  cue: EditedCue;
  current: boolean;
  spoken: boolean;
  mayEdit: boolean;
  fault: string | undefined;
  edit: EditedCues;
  now: () => number;
  play: () => void;
}) {
  const { n, cue, edit, now, mayEdit } = props;
  const text = useText(captionMessages);
  const named = (action: string) => text.nth(n + 1, action);
  const state = [props.current ? styles.current : '', props.spoken ? styles.isSpoken : ''];
  return (
    <li className={state.join(' ')} onFocusCapture={() => edit.setCurrent(n)}>
      <div className={styles.times}>
        <button
          type="button"
          className="button text"
          aria-label={named(text.play)}
          onClick={props.play}
        >
          <IconPlayerPlay size={18} aria-hidden="true" />
        </button>
        <TimeField
          label={named(text.from)}
          ms={cue.fromMs}
          disabled={!mayEdit}
          onTime={(fromMs) => edit.update(n, { fromMs })}
        />
        <span aria-hidden="true">–</span>
        <TimeField
          label={named(text.to)}
          ms={cue.toMs}
          disabled={!mayEdit}
          onTime={(toMs) => edit.update(n, { toMs })}
        />
      </div>
      <textarea
        className="input"
        rows={Math.max(1, cue.text.split('\n').length)}
        aria-label={text.text(n + 1)}
        aria-invalid={props.fault ? true : undefined}
        value={cue.text}
        readOnly={!mayEdit}
        onChange={(event) => edit.update(n, { text: event.currentTarget.value })}
      />
      {props.fault ? <p className="form-error">{text.faults[props.fault]}</p> : null}
      {mayEdit && props.current ? (
        <div className={styles.acts}>
          <button type="button" className="button text" onClick={() => edit.start(n, now())}>
            {text.startHere}
          </button>
          <button type="button" className="button text" onClick={() => edit.end(n, now())}>
            {text.endHere}
          </button>
          <button
            type="button"
            className="button text"
            onClick={() => edit.split(n, Math.ceil(cue.text.length / 2), now())}
          >
            {text.split}
          </button>
          <button
            type="button"
            className="button text"
            aria-label={named(text.remove)}
            onClick={() => edit.remove(n)}
          >
            <IconTrash size={18} aria-hidden="true" />
            {text.remove}
          </button>
        </div>
      ) : null}
    </li>
  );
}

/** A moment that can be typed; what is no time is said, and the moment stays what it was. */
function TimeField(props: {
  label: string;
  ms: number;
  disabled: boolean;
  onTime: (ms: number) => void;
}) {
  const { label, ms, disabled, onTime } = props;
  const text = useText(captionMessages);
  const written = formatCueTime(ms).replace(/^00:/, '');
  const [draft, setDraft] = useState(written);
  useEffect(() => setDraft(written), [written]);
  const wrong = parseCueTime(draft) === undefined;
  return (
    <input
      className="input"
      aria-label={label}
      aria-invalid={wrong ? true : undefined}
      title={wrong ? text.faults.time : undefined}
      inputMode="decimal"
      value={draft}
      readOnly={disabled}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        const typed = parseCueTime(draft);
        if (typed === undefined || typed === ms) setDraft(written);
        else onTime(typed);
      }}
    />
  );
}
