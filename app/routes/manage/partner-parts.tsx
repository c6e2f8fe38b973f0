import { Form } from '@remix-run/react';
import type { InvolvedOrganization } from '~/domain/co-authoring/course-people.server';
import { useText } from '~/i18n/locale';
import { partnershipMessages } from '~/i18n/messages/partnerships';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { Badge } from '~/ui/badge';
import { SelectField } from '~/ui/field';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import { EndPartnership } from './end-partnership';
import styles from './partnerships.module.css';

const TONES = {
  lead: 'done',
  accepted: 'done',
  invited: 'pending',
  declined: 'plain',
  left: 'plain',
} as const;

/** Who makes the course, and who has been asked. */
export function OrganizationTable(props: {
  organizations: InvolvedOrganization[];
  zone: string;
  /** Which partnerships the viewer may end. */
  ending: (organizationId: string) => 'leave' | 'end' | undefined;
}) {
  const text = useText(teachMessages).partners;
  const words = useText(partnershipMessages);
  const moment = useMoment(props.zone);
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
                {organization.state === 'accepted' && organization.endsOn ? (
                  <p className="small second">{words.until(organization.endsOn)}</p>
                ) : null}
                {organization.state === 'declined' && organization.declineReason ? (
                  <p className="small second">{words.reason(organization.declineReason)}</p>
                ) : null}
                {organization.leftAt === null ? null : (
                  <p className="small second">{words.leftOn(moment(organization.leftAt))}</p>
                )}
                {organization.state === 'accepted' && props.ending(organization.id) ? (
                  <EndPartnership
                    organization={organization}
                    leaves={props.ending(organization.id) === 'leave'}
                  />
                ) : null}
              </th>
              <td className="number">
                <Badge tone={TONES[organization.state]}>
                  {organization.state === 'left' ? words.left : text.states[organization.state]}
                </Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

interface Named {
  personId: string;
  name: string;
  /** Still there in the role that the naming needs. */
  current: boolean;
}
type Nameable = { personId: string; name: string }[];

/** One organization's authors and reviewers; its manager names and releases them. */
export function AuthorSide(props: {
  organization: InvolvedOrganization;
  authors: Named[];
  nameable: Nameable;
  reviewers: Named[];
  nameableReviewers: Nameable;
  manages: boolean;
}) {
  const { organization, authors, nameable, reviewers, nameableReviewers, manages } = props;
  const words = useText(teachMessages).partners;
  return (
    <section className={`card ${styles.side}`}>
      <h3 className={styles.organization}>
        <OrganizationMark organization={organization} size={22} />
        {organization.name}
      </h3>
      <NamedPeople
        {...{ organization, manages, nameable }}
        people={authors}
        intents={{ name: 'name', release: 'release' }}
        none={words.noAuthors}
        label={words.nameLabel(organization.name)}
        choose={words.chooseTeacher}
        submit={words.name}
        releaseLabel={words.releaseLabel}
      />
      <h4>{words.reviewers}</h4>
      <NamedPeople
        {...{ organization, manages, nameable: nameableReviewers }}
        people={reviewers}
        intents={{ name: 'name-reviewer', release: 'release-reviewer' }}
        none={words.noReviewers}
        label={words.nameReviewerLabel(organization.name)}
        choose={words.choosePerson}
        submit={words.nameReviewer}
        releaseLabel={words.releaseReviewerLabel}
      />
    </section>
  );
}

function NamedPeople(props: {
  organization: InvolvedOrganization;
  people: Named[];
  nameable: Nameable;
  manages: boolean;
  intents: { name: string; release: string };
  none: string;
  label: string;
  choose: string;
  submit: string;
  releaseLabel: (name: string) => string;
}) {
  const { organization, people, nameable, manages, intents } = props;
  const text = useText(teachMessages);
  const words = text.partners;
  const own = <input type="hidden" name="organizationId" value={organization.id} />;
  return (
    <>
      {people.length === 0 ? <p className="second">{props.none}</p> : null}
      <ul className="plain">
        {people.map((person) => (
          <li key={person.personId} className={styles.author}>
            <span>
              {person.name}{' '}
              {person.current ? null : <span className="second">{text.rail.left}</span>}
            </span>
            {manages ? (
              <Form method="post">
                {own}
                <input type="hidden" name="personId" value={person.personId} />
                <button
                  className="button text"
                  name="intent"
                  value={intents.release}
                  aria-label={props.releaseLabel(person.name)}
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
          <input type="hidden" name="intent" value={intents.name} />
          <SelectField label={props.label} name="personId" defaultValue="" required>
            <option value="">{props.choose}</option>
            {nameable.map((person) => (
              <option key={person.personId} value={person.personId}>
                {person.name}
              </option>
            ))}
          </SelectField>
          <button className="button outlined">{props.submit}</button>
        </Form>
      ) : (
        <p className="small second">{manages ? words.nobody : words.foreign}</p>
      )}
    </>
  );
}
