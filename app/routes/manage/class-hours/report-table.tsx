import { drillDown } from '~/domain/reports/drill-down';
import { useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { TableScroll } from '~/ui/table-scroll';
import { ShareCells, SortLink } from '../report-columns';
import { reportQuery } from '../report-query';
import type { ReportData } from './class-hours';
import { ExactTime } from './exact-time';
import styles from './class-hours.module.css';

/** One decimal, as class hours are counted, with separators. */
export const hours = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function ReportTable({ report: page }: { report: ReportData }) {
  const text = useText(classHourMessages);
  const { by, filter } = page.report;
  const sorting = { view: page.report, sortedBy: text.sortedBy };
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
                <SortLink {...sorting} order="key" label={text.groupings[by]} />
              ) : (
                text.groupings[by]
              )}
            </th>
            <th scope="col" className="number">
              <SortLink {...sorting} order="learners" label={text.learners} />
            </th>
            <th scope="col" className="number">
              {text.exact}
            </th>
            <th scope="col" className="number">
              <SortLink {...sorting} order="credited" label={text.credited} />
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
                <ShareCells share={share(row.creditedMs)} largest={largest} />
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
