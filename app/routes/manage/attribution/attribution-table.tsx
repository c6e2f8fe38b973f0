import { formatExact } from '~/domain/class-hours/figures';
import { plannedClassHours } from '~/domain/courses/planned-hours';
import type {
  AttributionFigures,
  AttributionOrder,
  AttributionRow,
} from '~/domain/reports/attribution';
import { useText } from '~/i18n/locale';
import { attributionMessages } from '~/i18n/messages/attribution';
import { IconArrowDown, IconArrowUp } from '~/ui/icons';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import type { AttributionData } from './attribution';
import { attributionQuery } from './attribution-link';
import styles from '../class-hours/class-hours.module.css';
import own from './attribution.module.css';

export function AttributionTable({ report }: { report: AttributionData }) {
  const text = useText(attributionMessages);
  const { by } = report.view;
  const share = (ms: number) => (report.total.recordedMs > 0 ? ms / report.total.recordedMs : 0);
  const largest = Math.max(...report.rows.map((row) => share(row.recordedMs))) || 1;
  const columns: [AttributionOrder | undefined, string][] = [
    ['lessons', text.lessons],
    ['planned', text.planned],
    [undefined, text.plannedHours],
    ['recorded', text.recorded],
    [undefined, text.recordedHours],
  ];
  return (
    <TableScroll label={text.title} className={`card ${styles.table}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">
              <SortLink report={report} order="name" label={text.groupings[by]} />
            </th>
            {columns.map(([order, label]) => (
              <th key={label} scope="col" className="number">
                {order ? <SortLink report={report} order={order} label={label} /> : label}
              </th>
            ))}
            <th scope="col" className={styles.share} colSpan={2}>
              {text.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className={own.who}>
                <Name row={row} report={report} />
              </th>
              <Figures of={row} />
              <td className={`number ${styles.percent}`}>
                {(share(row.recordedMs) * 100).toFixed(1)}%
              </td>
              <td className={styles.barCell}>
                <span
                  className={styles.shareBar}
                  style={{ width: `${(share(row.recordedMs) / largest) * 100}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              {text.total} <span className={styles.aside}>{text.rows(report.count)}</span>
            </th>
            <Figures of={report.total} />
            <td className={`number ${styles.percent}`}>100%</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  );
}

/** Leads one step down: from an organization to its people, from a course to its organizations. */
function Name({ row, report }: { row: AttributionRow; report: AttributionData }) {
  const { by, filter } = report.view;
  if (by === 'person') {
    return (
      <>
        {row.name} <span className={own.for}>{row.organizationName}</span>
      </>
    );
  }
  const to =
    by === 'organization'
      ? attributionQuery('person', { ...filter, organizationId: row.key })
      : attributionQuery('organization', { ...filter, courseId: row.key });
  return (
    <Link className={styles.name} to={`?${to}`}>
      {row.name}
    </Link>
  );
}

function Figures({ of }: { of: AttributionFigures }) {
  const text = useText(attributionMessages);
  return (
    <>
      <td className="number">{of.lessons.toLocaleString('en-US')}</td>
      <td className="number">{text.minutes(of.plannedMinutes.toLocaleString('en-US'))}</td>
      <td className="number">{plannedClassHours(of.plannedMinutes * 60_000)}</td>
      <td className="number">{formatExact(of.recordedMs)}</td>
      <td className={`number ${styles.strong}`}>{plannedClassHours(of.recordedMs)}</td>
    </>
  );
}

function SortLink(props: { report: AttributionData; order: AttributionOrder; label: string }) {
  const text = useText(attributionMessages);
  const { by, filter, order, descending } = props.report.view;
  const current = order === props.order;
  const next = current && descending ? 'asc' : 'desc';
  const Icon = descending ? IconArrowDown : IconArrowUp;
  return (
    <Link
      className={styles.sort}
      to={`?${attributionQuery(by, filter, { sort: props.order, dir: next })}`}
      aria-label={text.sortedBy(props.label)}
    >
      {props.label}
      {current ? <Icon size={14} aria-hidden="true" /> : null}
    </Link>
  );
}
