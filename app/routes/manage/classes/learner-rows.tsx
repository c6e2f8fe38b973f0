import type { ClassLearner, LearnerOrder, LearnerTable } from '~/domain/classes/learner-table';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { useMoment } from '~/i18n/moment';
import { Badge } from '~/ui/badge';
import { IconArrowDown, IconArrowUp } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import { hours } from '../class-hours/report-table';
import { linkQuery } from './link-query';
import styles from './classes.module.css';

const TONES = {
  applied: 'pending',
  enrolled: 'plain',
  completed: 'done',
  withdrawn: 'plain',
} as const;

export function LearnerRows(props: {
  rows: ClassLearner[];
  table: LearnerTable;
  zone: string;
  /** Null until somebody chose: the boxes are then the browser's own. */
  chosen: string[] | null;
  onChoose: (enrollmentId: string, checked: boolean) => void;
  onChooseAll: (checked: boolean) => void;
}) {
  const { rows, table, chosen } = props;
  const messages = useText(classMessages);
  const text = messages.learners;
  const moment = useMoment(props.zone);
  return (
    <TableScroll label={text.name} className={`card ${styles.table}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className={styles.choose}>
              <input
                type="checkbox"
                aria-label={text.chooseAll}
                checked={chosen?.length === rows.length}
                onChange={(event) => {
                  event.stopPropagation();
                  props.onChooseAll(event.currentTarget.checked);
                }}
              />
            </th>
            <th scope="col">
              <Sort by="name" label={text.name} table={table} />
            </th>
            <th scope="col">{text.status}</th>
            <th scope="col" className="number">
              <Sort by="behind" label={text.credited} table={table} />
            </th>
            <th scope="col" className="number">
              <Sort by="lessons" label={text.lessons} table={table} />
            </th>
            <th scope="col">
              <Sort by="last" label={text.last} table={table} />
            </th>
            <th scope="col">
              <span className="visually-hidden">{text.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const missing = row.requiredClassHours - row.creditedClassHours;
            const part = row.creditedClassHours / Math.max(0.1, row.requiredClassHours);
            return (
              <tr key={row.enrollmentId}>
                <td className={styles.choose}>
                  <input
                    type="checkbox"
                    name="enrollmentIds"
                    value={row.enrollmentId}
                    aria-label={text.choose(row.name)}
                    checked={chosen?.includes(row.enrollmentId) ?? false}
                    onChange={(event) => {
                      event.stopPropagation();
                      props.onChoose(row.enrollmentId, event.currentTarget.checked);
                    }}
                  />
                </td>
                <th scope="row">
                  <span className={styles.named}>
                    {row.organization ? (
                      <OrganizationMark
                        organization={row.organization}
                        label={row.organization.name}
                      />
                    ) : null}
                    <Link
                      className={styles.strong}
                      to={`/manage/class-hours/enrollments/${row.enrollmentId}`}
                    >
                      {row.name}
                    </Link>
                  </span>
                </th>
                <td>
                  <Badge tone={TONES[row.status]}>{messages.statuses[row.status]}</Badge>
                </td>
                <td className="number">
                  <span className={styles.missing}>
                    {missing > 0 ? text.missing(hours(missing)) : text.reached}
                  </span>{' '}
                  <b>{hours(row.creditedClassHours)}</b> / {hours(row.requiredClassHours)}
                  <span className={styles.standing} aria-hidden="true">
                    <span style={{ width: `${Math.min(100, part * 100)}%` }} />
                  </span>
                </td>
                <td className="number">
                  {row.lessonsComplete} / {row.lessons}
                </td>
                <td className="nowrap">
                  {row.lastStudiedAt === null ? (
                    <span className="second">{text.never}</span>
                  ) : (
                    moment(row.lastStudiedAt)
                  )}
                </td>
                <td className="number">
                  <button
                    className="button text"
                    name={row.status === 'withdrawn' ? 'restore' : 'withdraw'}
                    value={row.enrollmentId}
                    aria-label={row.status === 'withdrawn' ? undefined : text.withdrawOf(row.name)}
                  >
                    {row.status === 'withdrawn' ? text.restore : text.withdraw}
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableScroll>
  );
}

function Sort(props: { by: LearnerOrder; label: string; table: LearnerTable }) {
  const { table } = props;
  const text = useText(classMessages).list;
  const current = table.order === props.by;
  const Icon = table.descending ? IconArrowDown : IconArrowUp;
  const dir = current && !table.descending ? 'desc' : 'asc';
  return (
    <Link
      className={styles.sort}
      to={`?${linkQuery({ ...table }, { sort: props.by, dir })}`}
      aria-label={text.sortBy(props.label)}
    >
      {props.label}
      {current ? <Icon size={14} aria-hidden="true" /> : null}
    </Link>
  );
}
