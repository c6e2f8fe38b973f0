import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { IconAlertCircle } from '~/ui/icons';
import { Link } from '~/ui/link';
import styles from './editor.module.css';

/** A refused save: what is stored and what was typed side by side, and the choice between them. */
export function Conflict(props: {
  changedBy: string | null;
  changedAt: number;
  zone: string;
  theirs: ReactNode;
  mine: ReactNode;
  /** What saves the typed values over the stored ones, based on the version shown here. */
  mineFields: Record<string, string>;
  keepTo: string;
}) {
  const text = useText(teachMessages).conflict;
  const moment = useMoment(props.zone);
  return (
    <section className={styles.conflict} role="alert" data-choosing="">
      <h2>
        <IconAlertCircle size={20} aria-hidden="true" />
        {text.title(props.changedBy, moment(props.changedAt))}
      </h2>
      <p>{text.explain}</p>
      <div className={styles.sides}>
        <section>
          <h3>{text.theirs}</h3>
          <div className={styles.side}>{props.theirs}</div>
          <Link className="button outlined" to={props.keepTo} reloadDocument>
            {text.keepTheirs}
          </Link>
        </section>
        <section>
          <h3>{text.mine}</h3>
          <div className={styles.side}>{props.mine}</div>
          <Form method="post">
            {Object.entries(props.mineFields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <button className="button">{text.useMine}</button>
          </Form>
        </section>
      </div>
    </section>
  );
}
