import type { Cue } from '~/domain/media/captions';
import { formatCueTime } from '~/domain/media/cue-time';
import { saidIn } from '~/domain/media/cue-text';
import type { Captions } from '~/domain/media/get-captions.server';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { useMoment } from '~/i18n/moment';
import { IconAlertCircle } from '~/ui/icons';
import styles from './captions.module.css';

const nameOf = ({ fromMs, toMs, text }: Cue) => `${fromMs} ${toMs} ${saidIn(text)}`;

/** A refused save: the stored lines and those that were written, side by side, and the choice between them. */
export function CaptionsConflict(props: {
  theirs: Captions;
  mine: readonly Cue[];
  zone: string;
  onTheirs: () => void;
  onMine: () => void;
}) {
  const { theirs, mine, zone } = props;
  const text = useText(captionMessages);
  const moment = useMoment(zone);
  return (
    <section className={styles.conflict} role="alert">
      <h2>
        <IconAlertCircle size={20} aria-hidden="true" />
        {theirs.version === 0
          ? text.gone
          : text.conflict(theirs.changedBy, moment(theirs.changedAt ?? 0))}
      </h2>
      <p>{text.conflictText}</p>
      <div className={styles.sides}>
        <div>
          <h3>{text.theirs}</h3>
          <Lines cues={theirs.cues} other={mine} />
          <button type="button" className="button outlined" onClick={props.onTheirs}>
            {text.useTheirs}
          </button>
        </div>
        <div>
          <h3>{text.mine}</h3>
          <Lines cues={mine} other={theirs.cues} />
          <button type="button" className="button" onClick={props.onMine}>
            {text.useMine}
          </button>
        </div>
      </div>
    </section>
  );
}

function Lines({ cues, other }: { cues: readonly Cue[]; other: readonly Cue[] }) {
  const known = new Set(other.map(nameOf));
  return (
    <ol className={styles.side}>
      {cues.map((cue) => (
        <li key={nameOf(cue)} className={known.has(nameOf(cue)) ? undefined : styles.differs}>
          <span className="small second">{formatCueTime(cue.fromMs).replace(/^00:/, '')}</span>{' '}
          {saidIn(cue.text)}
        </li>
      ))}
    </ol>
  );
}
