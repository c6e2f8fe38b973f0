import { formatExact } from '~/domain/class-hours/figures';
import { plannedClassHours } from '~/domain/courses/planned-hours';
import type {
  AttributionFigures,
  AttributionOrder,
  AttributionRow,
} from '~/domain/reports/attribution';
import { useText } from '~/i18n/locale';
import { attributionMessages } from '~/i18n/messages/attribution';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { ShareCells, SortLink } from '../report-columns';
import { reportQuery } from '../report-query';
import type { AttributionData } from './attribution';
import styles from '../class-hours/class-hours.module.css';
import own from './attribution.module.css';

export function AttributionTable({ report }: { report: AttributionData }) {
  const text = useText(attributionMessages);
  const { by } = report.view;
  const sorting = { view: report.view, sortedBy: text.sortedBy };
  const share = (ms: number) => (report.total.recordedMs > 0 ? ms / report.total.recordedMs : 0);
  const largest = Math.max(...report.rows.map((row) => share(row.recordedMs)));
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
              <SortLink {...sorting} order="name" label={text.groupings[by]} />
            </th>
            {columns.map(([order, label]) => (
              <th key={label} scope="col" className="number">
                {order ? <SortLink {...sorting} order={order} label={label} /> : label}
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
              <ShareCells share={share(row.recordedMs)} largest={largest} />
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
      ? reportQuery({ by: 'person', filter: { ...filter, organizationId: row.key } })
      : reportQuery({ by: 'organization', filter: { ...filter, courseId: row.key } });
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
