import type { RosterColumn, RosterFault } from '~/domain/organizations/roster-rows';
import { useText } from '~/i18n/locale';
import { peopleMessages } from '~/i18n/messages/people';
import { rosterMessages } from '~/i18n/messages/roster';
import { IconAlertTriangle, IconCircleCheck } from '~/ui/icons';
import { TableScroll } from '~/ui/table-scroll';
import styles from './roster.module.css';

const SHOWN_AT_ONCE = 8;
/** Reasons that do not say by themselves which cell they mean. */
const UNREAD = new Set<RosterFault['reason']>(['date', 'formula', 'error']);

interface BadRow {
  row: number;
  values: Record<RosterColumn, string>;
  faults: RosterFault[];
}

/** Rows to be repaired: each problem has its own field, in the row itself. */
export function BadRows({ rows }: { rows: BadRow[] }) {
  const text = useText(rosterMessages);
  return (
    <section className={`card ${styles.badCard}`}>
      <h2 className={styles.bad}>
        <IconAlertTriangle size={20} aria-hidden="true" /> {text.repairTitle(rows.length)}
      </h2>
      <TableScroll label={text.repairTitle(rows.length)}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">
                {text.columns.row}
              </th>
              <th scope="col">{text.columns.name}</th>
              <th scope="col">{text.columns.phone}</th>
              <th scope="col">{text.columns.staffNumber}</th>
              <th scope="col">{text.columns.problem}</th>
              <th scope="col">{text.columns.repair}</th>
            </tr>
          </thead>
          <tbody>
            {rows.flatMap((row) =>
              row.faults.map((fault, n) => (
                <tr key={`${row.row} ${fault.column}`}>
                  <td className="number">{n === 0 ? row.row : ''}</td>
                  <td>{n === 0 ? row.values.name : ''}</td>
                  <td className="nowrap">{n === 0 ? row.values.phone : ''}</td>
                  <td>{n === 0 ? row.values.staffNumber : ''}</td>
                  <td className={styles.reason}>
                    {UNREAD.has(fault.reason) ? (
                      <b className={styles.cell}>{text.columns[fault.column]}</b>
                    ) : null}
                    {text.reasons[fault.reason](fault.other ?? 0)}
                  </td>
                  <td>
                    <Repair row={row} column={fault.column} />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
}

function Repair({ row, column }: { row: BadRow; column: RosterColumn }) {
  const text = useText(rosterMessages);
  const roles = useText(peopleMessages).roles;
  const wiring = {
    name: `${row.row}.${column}`,
    className: `input ${styles.repair}`,
    'aria-label': text.repairOf(row.row, text.columns[column]),
  };
  if (column === 'role') {
    return (
      <select {...wiring} defaultValue="">
        <option value="">{text.chooseRole}</option>
        {Object.entries(roles).map(([role, word]) => (
          <option key={role} value={role}>
            {word}
          </option>
        ))}
      </select>
    );
  }
  return <input {...wiring} defaultValue={row.values[column]} autoComplete="off" />;
}

interface ReadyRow {
  row: number;
  name: string;
  phone: string;
  staffNumber: string;
  role: 'learner' | 'instructor' | 'mentor' | 'manager';
  isNew: boolean;
}

/** Rows that can go in: the first ones, the others on demand. */
export function ReadyRows(props: { rows: ReadyRow[]; isNew: number; inClass: boolean }) {
  const text = useText(rosterMessages);
  const first = props.rows.slice(0, SHOWN_AT_ONCE);
  const rest = props.rows.slice(SHOWN_AT_ONCE);
  return (
    <section className="card">
      <div className="split">
        <h2 className={styles.ready}>
          <IconCircleCheck size={20} aria-hidden="true" /> {text.ready(props.rows.length)}
        </h2>
        {props.isNew > 0 ? <p className="second">{text.newAccounts(props.isNew)}</p> : null}
      </div>
      <ReadyTable rows={first} inClass={props.inClass} />
      {rest.length > 0 ? (
        <details className={styles.rest}>
          <summary>{text.showRest(rest.length)}</summary>
          <ReadyTable rows={rest} inClass={props.inClass} />
        </details>
      ) : null}
    </section>
  );
}

function ReadyTable({ rows, inClass }: { rows: ReadyRow[]; inClass: boolean }) {
  const text = useText(rosterMessages);
  const roles = useText(peopleMessages).roles;
  return (
    <TableScroll label={text.ready(rows.length)}>
      <table className={`table ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col" className="number">
              {text.columns.row}
            </th>
            <th scope="col">{text.columns.name}</th>
            <th scope="col">{text.columns.phone}</th>
            <th scope="col">{text.columns.staffNumber}</th>
            {inClass ? null : <th scope="col">{text.columns.role}</th>}
            <th scope="col">{text.columns.account}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td className="number">{row.row}</td>
              <td>{row.name}</td>
              <td className="nowrap">{row.phone}</td>
              <td>{row.staffNumber}</td>
              {inClass ? null : <td>{roles[row.role]}</td>}
              <td>
                {row.isNew ? (
                  <span className="badge transit">{text.newAccount}</span>
                ) : (
                  <span className="second">{text.hasAccount}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
