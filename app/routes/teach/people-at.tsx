import type { PersonHere } from '~/domain/course-drafts/draft-protocol';
import { useText } from '~/i18n/locale';
import { courseDraftMessages } from '~/i18n/messages/course-drafts';
import { organizationColor, type OrganizationShape } from '~/ui/organization-mark';
import styles from './people-at.module.css';

const MOST_MARKS = 2;

/** Small marks at a row of the tree: who else has it open now. */
export function PeopleAt({ people, at }: { people: PersonHere[]; at: string }) {
  const text = useText(courseDraftMessages);
  const here = people.filter((person) => person.at === at);
  if (here.length === 0) return null;
  const shown = here.length > MOST_MARKS + 1 ? here.slice(0, MOST_MARKS) : here;
  const more = here.length - shown.length;
  return (
    <span className={styles.people}>
      {shown.map((person) => {
        const { personId, name, organization } = person;
        const kind = person.kind as OrganizationShape;
        const label = text.isHere(name, organization);
        const background = organizationColor({ name: organization, kind });
        return (
          <span key={personId} className={styles.person} style={{ background }} title={label}>
            <span aria-hidden="true">{[...name][0]}</span>
            <span className="visually-hidden">{label}</span>
          </span>
        );
      })}
      {more > 0 ? (
        <span className={styles.more} title={text.moreHere(more)}>
          <span aria-hidden="true">{text.more(more)}</span>
          <span className="visually-hidden">{text.moreHere(more)}</span>
        </span>
      ) : null}
    </span>
  );
}
