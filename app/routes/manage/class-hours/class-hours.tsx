import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listManagedClasses } from '~/domain/classes/list-managed-classes.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { getClassHourScope } from '~/domain/reports/class-hour-scope.server';
import { findEnrollments } from '~/domain/reports/find-enrollments.server';
import {
  listClassHourTotals,
  reportClassHours,
} from '~/domain/reports/list-class-hour-totals.server';
import { listGroupNames } from '~/domain/reports/list-group-names.server';
import { readSnapshot } from '~/domain/reports/read-snapshot.server';
import { useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Pager } from '~/ui/pager';
import { signedIn } from '~/web/page.server';
import { ReportFilters } from './report-filters';
import { ReportTable } from './report-table';
import { MonthBars } from './month-bars';
import { readReport } from './read-report.server';
import { Link } from '@remix-run/react';
import styles from './class-hours.module.css';

const PAGE = 50;
const MONTHS = 12;

export const meta = pageTitle(classHourMessages, (text) => text.title);

export const loader = signedIn(async ({ request, context, viewer }) => {
  const report = readReport(new URL(request.url).searchParams);
  const { by, filter, order, descending, page } = report;
  const now = context.clock.now();
  const today = dayAt(now, context.settings.zone).day;
  const scope = await getClassHourScope(context.db, viewer, filter);
  const { rows, total, months, enrollments, names } = await readSnapshot(context.db, async (db) => {
    const { rows, total } = await reportClassHours(db, scope, filter, by, {
      order,
      descending,
      limit: PAGE,
      offset: (page - 1) * PAGE,
    });
    const keys = rows.map((row) => row.key);
    return {
      rows,
      total,
      months: await listClassHourTotals(db, scope, filter, 'month', {
        order: 'key',
        descending: true,
        limit: MONTHS,
      }),
      enrollments: await findEnrollments(db, {
        personIds: by === 'learner' ? keys : filter.personId ? [filter.personId] : [],
        classIds: by === 'class' ? keys : filter.classId ? [filter.classId] : [],
      }),
      names: {
        course: await nameOf('course', filter.courseId),
        learner: await nameOf('learner', filter.personId),
        producer: await nameOf('producer', filter.producerId),
      },
    };
    async function nameOf(of: 'course' | 'learner' | 'producer', key: string | undefined) {
      return key ? ((await listGroupNames(db, of, [key])).get(key) ?? null) : null;
    }
  });
  const classes = await listManagedClasses(context.db, viewer, today);
  const recordOf = (key: string) => {
    const personId = by === 'learner' ? key : filter.personId;
    const classId = by === 'class' ? key : filter.classId;
    return enrollments.get(`${personId} ${classId}`) ?? null;
  };
  return data(
    {
      report,
      rows: rows.map((row) => ({ ...row, enrollmentId: recordOf(row.key) })),
      total,
      pages: Math.ceil(total.rows / PAGE),
      months: months.reverse(),
      names,
      organizations: await listManagedOrganizations(context.db, viewer),
      classes: classes
        .filter((one) => !filter.organizationId || one.organizationId === filter.organizationId)
        .map(({ id, title }) => ({ id, title })),
      today,
      now,
      zone: context.settings.zone,
    },
    { status: report.wrongDays ? 422 : 200 },
  );
});

export type ReportData = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ClassHours() {
  const report = useLoaderData<typeof loader>();
  const text = useText(classHourMessages);
  const moment = useMoment(report.zone);
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        <p className="small second">{text.dataUntil(moment(report.now))}</p>
      </div>
      <ReportFilters report={report} />
      {report.rows.length === 0 ? (
        <EmptyState
          drawing="caliper"
          title={text.empty}
          actions={
            <>
              <Link className="button outlined" to="?">
                {text.clear}
              </Link>
              <Link className="button text" to="/manage/classes">
                {text.toClasses}
              </Link>
            </>
          }
        >
          {text.emptyText}
        </EmptyState>
      ) : (
        <>
          <MonthBars report={report} />
          <ReportTable report={report} />
          <Pager page={report.report.page} pages={report.pages} total={report.total.rows} />
          <div className={styles.notes}>
            <p>{text.rounding}</p>
            <p>{text.peopleOnce}</p>
            <p>{text.units}</p>
          </div>
        </>
      )}
    </>
  );
}
