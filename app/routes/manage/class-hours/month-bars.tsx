import { drillDown } from '~/domain/reports/drill-down';
import { spokenMonth } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { Link } from '~/ui/link';
import { reportQuery } from '../report-query';
import type { ReportData } from './class-hours';
import { ExactTime } from './exact-time';
import { hours } from './report-table';
import styles from './class-hours.module.css';

/** The figures of what is filtered beside the bars of its months, at most the last twelve. */
export function MonthBars({ report: page }: { report: ReportData }) {
  const text = useText(classHourMessages);
  const locale = useLocale();
  const { months, total } = page;
  const current = page.today.slice(0, 7);
  const most = Math.max(...months.map((month) => month.creditedMs));
  const unfinished = months.some((month) => month.key === current);
  return (
    <section className={`card ${styles.summary}`}>
      <dl className={styles.figures}>
        <div className={styles.main}>
          <dt>{text.credited}</dt>
          <dd>{hours(total.classHours)}</dd>
        </div>
        <div>
          <dt>{text.exact}</dt>
          <dd>
            <ExactTime ms={total.creditedMs} />
          </dd>
        </div>
        <div>
          <dt>{text.learners}</dt>
          <dd>{total.learners.toLocaleString('en-US')}</dd>
        </div>
      </dl>
      <div className={styles.chart}>
        <p className={styles.chartTitle}>
          {text.monthly}
          {unfinished ? (
            <span>
              <span className={styles.legend} aria-hidden="true" />
              {text.unfinished}
            </span>
          ) : null}
        </p>
        <ol className={styles.bars} aria-label={text.chart}>
          {months.map((month) => {
            const peak = month.creditedMs === most;
            const style = { height: `${Math.max(1, (month.creditedMs / most) * 100)}%` };
            const kind = month.key === current ? styles.open : peak ? styles.peak : '';
            const view = drillDown({ by: 'month', filter: page.report.filter }, month.key);
            return (
              <li key={month.key}>
                <Link
                  to={`?${reportQuery(view)}`}
                  aria-label={text.month(month.key, hours(month.classHours))}
                >
                  <span className={styles.column}>
                    <span className={`${styles.bar} ${kind}`} style={style}>
                      {peak || month.key === current ? <b>{hours(month.classHours)}</b> : null}
                    </span>
                  </span>
                  <span className={peak || month.key === current ? styles.strong : undefined}>
                    {spokenMonth(`${month.key}-01`, locale)}
                  </span>
                </Link>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
