import { useText } from '~/i18n/locale';
import { partnershipMessages } from '~/i18n/messages/partnerships';
import { teachMessages } from '~/i18n/messages/teach';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import type { EditorData } from './editor';
import styles from './editor.module.css';

/** Who makes the course: each organization with its authors. */
export function PeopleRail({ editor }: { editor: EditorData }) {
  const text = useText(teachMessages).rail;
  const ended = useText(partnershipMessages);
  const { organizations, authors } = editor;
  const states = {
    lead: text.lead,
    invited: text.invited,
    declined: text.declined,
    accepted: '',
    left: ended.left,
  };
  return (
    <section>
      <div className="split">
        <h2>{text.people}</h2>
        {editor.mayManage ? (
          <Link className="small" to={`/manage/partnerships/${editor.courseId}`}>
            {text.manage}
          </Link>
        ) : null}
      </div>
      <ul className={`plain card ${styles.people}`}>
        {organizations.map((organization) => {
          const own = authors.filter((author) => author.organizationId === organization.id);
          const state = states[organization.state];
          return (
            <li key={organization.id}>
              <OrganizationMark organization={organization} size={22} />
              <div>
                <b>{organization.name}</b> {state ? <span className="second">{state}</span> : null}
                {organization.state === 'lead' || organization.state === 'accepted' ? (
                  <p className="second">
                    {own.length === 0 ? text.noAuthor : null}
                    {own.map((author) => (
                      <span key={author.personId} className={styles.author}>
                        {author.name}
                        {author.current ? '' : ` (${text.left})`}
                      </span>
                    ))}
                  </p>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
