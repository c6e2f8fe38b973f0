import { Form } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { partnershipMessages } from '~/i18n/messages/partnerships';
import styles from './partnerships.module.css';

/** Leaving a partnership, or ending it as the lead organization: what it means first, then the button. */
export function EndPartnership(props: {
  organization: { id: string; name: string };
  /** Whether it is the viewer's own organization that leaves. */
  leaves: boolean;
}) {
  const { organization, leaves } = props;
  const text = useText(partnershipMessages);
  return (
    <details className={styles.ending}>
      <summary className="button text">{leaves ? text.leaveOpen : text.endOpen}</summary>
      <Form method="post" className="stack">
        <input type="hidden" name="organizationId" value={organization.id} />
        <p className="small">{leaves ? text.leaveText : text.endText(organization.name)}</p>
        <div>
          <button className="button danger" name="intent" value="end">
            {leaves ? text.leaveSubmit : text.endSubmit}
          </button>
        </div>
      </Form>
    </details>
  );
}
