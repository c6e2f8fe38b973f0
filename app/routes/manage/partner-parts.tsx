import { Form } from '@remix-run/react';
import type {
  CourseAuthor,
  InvolvedOrganization,
} from '~/domain/co-authoring/course-people.server';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { Badge } from '~/ui/badge';
import { SelectField } from '~/ui/field';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import styles from './partnerships.module.css';

const TONES = { lead: 'done', accepted: 'done', invited: 'pending', declined: 'plain' } as const;

/** Who makes the course, and who has been asked. */
export function OrganizationTable(props: { organizations: InvolvedOrganization[] }) {
  const text = useText(teachMessages).partners;
  return (
    <TableScroll label={text.title} className={styles.sheet}>
      <table className="table">
        <tbody>
          {props.organizations.map((organization) => (
            <tr key={organization.id}>
              <th scope="row">
                <span className={styles.organization}>
                  <OrganizationMark organization={organization} size={22} />
                  {organization.name}
                </span>
              </th>
              <td className="number">
                <Badge tone={TONES[organization.state]}>{text.states[organization.state]}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

/** One organization's authors; its manager names and releases them. */
export function AuthorSide(props: {
  organization: InvolvedOrganization;
  authors: CourseAuthor[];
  nameable: { personId: string; name: string }[];
  manages: boolean;
}) {
  const { organization, authors, nameable, manages } = props;
  const text = useText(teachMessages);
  const words = text.partners;
  const own = <input type="hidden" name="organizationId" value={organization.id} />;
  return (
    <section className={`card ${styles.side}`}>
      <h3 className={styles.organization}>
        <OrganizationMark organization={organization} size={22} />
        {organization.name}
      </h3>
      {authors.length === 0 ? <p className="second">{words.noAuthors}</p> : null}
      <ul className="plain">
        {authors.map((author) => (
          <li key={author.personId} className={styles.author}>
            <span>
              {author.name}{' '}
              {author.current ? null : <span className="second">{text.rail.left}</span>}
            </span>
            {manages ? (
              <Form method="post">
                {own}
                <input type="hidden" name="personId" value={author.personId} />
                <button
                  className="button text"
                  name="intent"
                  value="release"
                  aria-label={words.releaseLabel(author.name)}
                >
                  {words.release}
                </button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {manages && nameable.length > 0 ? (
        <Form method="post" className={styles.ask} key={nameable.length}>
          {own}
          <input type="hidden" name="intent" value="name" />
          <SelectField
            label={words.nameLabel(organization.name)}
            name="personId"
            defaultValue=""
            required
          >
            <option value="">{words.chooseTeacher}</option>
            {nameable.map((person) => (
              <option key={person.personId} value={person.personId}>
                {person.name}
              </option>
            ))}
          </SelectField>
          <button className="button outlined">{words.name}</button>
        </Form>
      ) : (
        <p className="small second">{manages ? words.nobody : words.foreign}</p>
      )}
    </section>
  );
}
