import { drillDown } from '~/domain/reports/drill-down';
import { useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { IconArrowDown, IconArrowUp } from '~/ui/icons';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import type { ReportData } from './class-hours';
import { ExactTime } from './exact-time';
import { reportQuery } from './report-link';
import styles from './class-hours.module.css';

/** One decimal, as class hours are counted, with separators. */
export const hours = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function ReportTable({ report: page }: { report: ReportData }) {
  const text = useText(classHourMessages);
  const { by, filter } = page.report;
  const byTime = by === 'month' || by === 'day';
  const marks = new Map(page.organizations.map((one) => [one.id, one]));
  const share = (ms: number) => (page.total.creditedMs > 0 ? ms / page.total.creditedMs : 0);
  const largest = Math.max(...page.rows.map((row) => share(row.creditedMs)));
  return (
    <TableScroll label={text.title} className={`card ${styles.table}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">
              {byTime ? (
                <SortLink page={page} order="key" label={text.groupings[by]} />
              ) : (
                text.groupings[by]
              )}
            </th>
            <th scope="col" className="number">
              <SortLink page={page} order="learners" label={text.learners} />
            </th>
            <th scope="col" className="number">
              {text.exact}
            </th>
            <th scope="col" className="number">
              <SortLink page={page} order="credited" label={text.credited} />
            </th>
            <th scope="col" className={styles.share} colSpan={2}>
              {text.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => {
            const mark =
              by === 'organization' || by === 'producer' ? marks.get(row.key) : undefined;
            const to = row.enrollmentId
              ? `/manage/class-hours/enrollments/${row.enrollmentId}`
              : `?${reportQuery(drillDown({ by, filter }, row.key))}`;
            return (
              <tr key={row.key}>
                <th scope="row">
                  <Link to={to} className={styles.name}>
                    {mark ? <OrganizationMark organization={mark} /> : null}
                    {row.name}
                  </Link>
                </th>
                <td className="number">{row.learners.toLocaleString('en-US')}</td>
                <td className="number">
                  <ExactTime ms={row.creditedMs} />
                </td>
                <td className={`number ${styles.strong}`}>{hours(row.classHours)}</td>
                <td className={`number ${styles.percent}`}>
                  {(share(row.creditedMs) * 100).toFixed(1)}%
                </td>
                <td className={styles.barCell}>
                  <span
                    className={styles.shareBar}
                    style={{ width: `${(share(row.creditedMs) / largest) * 100}%` }}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              {text.total} <span className={styles.aside}>{text.totalRows(page.total.rows)}</span>
            </th>
            <td className="number">{page.total.learners.toLocaleString('en-US')}</td>
            <td className="number">
              <ExactTime ms={page.total.creditedMs} />
            </td>
            <td className="number">{hours(page.total.classHours)}</td>
            <td className={`number ${styles.percent}`}>100%</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  );
}

function SortLink(props: {
  page: ReportData;
  order: 'credited' | 'learners' | 'key';
  label: string;
}) {
  const text = useText(classHourMessages);
  const { by, filter, order, descending } = props.page.report;
  const current = order === props.order;
  const next = current && descending ? 'asc' : 'desc';
  const Icon = descending ? IconArrowDown : IconArrowUp;
  return (
    <Link
      className={styles.sort}
      to={`?${reportQuery({ by, filter }, { sort: props.order, dir: next })}`}
      aria-label={text.sortedBy(props.label)}
    >
      {props.label}
      {current ? <Icon size={14} aria-hidden="true" /> : null}
    </Link>
  );
}
