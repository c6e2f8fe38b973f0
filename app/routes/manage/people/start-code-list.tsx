import { useEffect, useState } from 'react';
import { useText } from '~/i18n/locale';
import { peopleMessages } from '~/i18n/messages/people';
import { IconPrinter } from '~/ui/icons';
import { TableScroll } from '~/ui/table-scroll';
import styles from './start-code-list.module.css';

/** Start codes shown this once, as a list that prints without the page around it. */
export function StartCodeList(props: { codes: { name: string; login: string; code: string }[] }) {
  const text = useText(peopleMessages);
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <section className={`card ${styles.list}`} aria-label={text.codes.title}>
      <div className="split">
        <p>{text.codes.once}</p>
        {ready ? (
          <button
            type="button"
            className={`button outlined ${styles.print}`}
            onClick={() => window.print()}
          >
            <IconPrinter size={18} aria-hidden="true" />
            {text.codes.print}
          </button>
        ) : null}
      </div>
      <TableScroll label={text.codes.title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.name}</th>
              <th scope="col">{text.logins}</th>
              <th scope="col">{text.codes.code}</th>
            </tr>
          </thead>
          <tbody>
            {props.codes.map(({ name, login, code }) => (
              <tr key={code}>
                <td>{name}</td>
                <td>{login}</td>
                <td className={styles.code}>{code}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="small second">
        {text.codes.howTo} {text.codes.lost}
      </p>
    </section>
  );
}
