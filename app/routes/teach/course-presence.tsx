import type { PersonHere } from '~/domain/course-drafts/draft-protocol';
import { useText } from '~/i18n/locale';
import { courseDraftMessages } from '~/i18n/messages/course-drafts';
import { PresentPeople } from './live-status';
import styles from './people-at.module.css';

/** In the editor's header where no text is open: who has the course open, oneself first. */
export function CoursePresence({ people, selfId }: { people: PersonHere[]; selfId: string }) {
  const text = useText(courseDraftMessages);
  const each = [...new Map(people.map((person) => [person.personId, person])).values()];
  const ordered = each.sort((one, other) => rank(one, selfId) - rank(other, selfId));
  if (ordered.length < 2) return null;
  return (
    <>
      <PresentPeople people={ordered} self={selfId} label={text.here} />
      <span className={`small second ${styles.count}`}>{text.count(ordered.length)}</span>
    </>
  );
}

const rank = ({ personId }: PersonHere, selfId: string) => (personId === selfId ? 0 : 1);
