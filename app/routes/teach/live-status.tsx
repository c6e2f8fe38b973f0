import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import { Avatar } from '~/ui/avatar';
import { IconCircleCheck, IconCloudUpload, IconWifiOff } from '~/ui/icons';
import type { OrganizationShape } from '~/ui/organization-mark';
import type { Writer } from '~/domain/shared/live-line';
import type { LiveText } from './live-text';
import styles from './editor.module.css';

/** In the editor's header: whether the open text is saved, and who has it open. */
export function LiveStatus({ live }: { live: LiveText }) {
  const text = useText(lessonTextMessages);
  const { people } = live;
  const writers = people.filter(({ writes }) => writes).length;
  return (
    <>
      <SaveState state={live.state} />
      <PresentPeople people={people} self={people[0]?.personId ?? ''} label={text.here} />
      {writers > 0 ? <span className="small second">{text.editing(writers)}</span> : null}
    </>
  );
}

/** People by their first character and organization; who only reads is said to. */
export function PresentPeople(props: { people: Writer[]; self: string; label: string }) {
  const text = useText(lessonTextMessages);
  return (
    <ul className={`plain ${styles.present}`} aria-label={props.label}>
      {props.people.map((person) => {
        const { personId, name, organization, mark } = person;
        const kind = person.kind as OrganizationShape;
        const others = person.writes ? name : text.reads(name);
        const words = personId === props.self ? text.you(name) : others;
        const label = organization ? `${words} ${organization}` : words;
        return (
          <li key={personId} title={label}>
            <Avatar
              name={name}
              {...(mark ? { organization: { name: organization, mark, kind } } : {})}
            />
            <span className="visually-hidden">{label}</span>
          </li>
        );
      })}
    </ul>
  );
}

function SaveState({ state }: { state: LiveText['state'] }) {
  const text = useText(lessonTextMessages);
  const { line, loaded, mayWrite, unsaved } = state;
  if (line === 'refused') return null;
  if (!loaded) return <span className={styles.saveState}>{text.opening}</span>;
  if (line !== 'open') {
    return (
      <span className={`${styles.saveState} ${styles.lineLost}`} role="status">
        <IconWifiOff size={18} aria-hidden="true" /> {text.waiting}
      </span>
    );
  }
  if (!mayWrite) return <span className={styles.saveState}>{text.reading}</span>;
  const Icon = unsaved ? IconCloudUpload : IconCircleCheck;
  return (
    <span className={styles.saveState}>
      <Icon size={18} aria-hidden="true" /> {unsaved ? text.saving : text.saved}
    </span>
  );
}
