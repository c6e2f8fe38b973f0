import { useLoaderData } from '@remix-run/react';
import { formatExact } from '~/domain/class-hours/figures';
import { getEnrollmentRecord } from '~/domain/reports/get-enrollment-record.server';
import { useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { classMessages } from '~/i18n/messages/classes';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import { ExactTime } from './exact-time';
import { hours } from './report-table';
import styles from './class-hours.module.css';

export const meta = pageTitle(classHourMessages, (text) => text.title);

export const loader = signedIn(async ({ params, context, viewer }) => ({
  record: await getEnrollmentRecord(context.db, viewer, params.enrollmentId ?? ''),
  zone: context.settings.zone,
}));

/** What one learner's class hours in one class are made of. */
export default function EnrollmentClassHours() {
  const { record, zone } = useLoaderData<typeof loader>();
  const messages = useText(classHourMessages);
  const text = messages.record;
  const statuses = useText(classMessages).statuses;
  const moment = useMoment(zone);
  return (
    <>
      <p className="small">
        <Link to="/manage/class-hours?by=class">{text.back}</Link>
        {' / '}
        <Link to={`/manage/class-hours?by=learner&classId=${record.classId}`}>
          {record.classTitle}
        </Link>
      </p>
      <div className="page-title">
        <h1>{text.title(record.personName, record.classTitle)}</h1>
        <p className={styles.strong}>
          {text.of(hours(record.creditedClassHours), hours(record.requiredClassHours))}
        </p>
      </div>
      <dl className={`facts ${styles.history}`}>
        <dt>{text.history}</dt>
        <dd>
          {record.statuses.map((status) => (
            <span key={status.fromAt} className={styles.step}>
              {statuses[status.status]} <span className="second">{moment(status.fromAt)}</span>
            </span>
          ))}
        </dd>
      </dl>
      {record.lessons.length === 0 ? (
        <EmptyState title={text.empty}>{text.emptyText}</EmptyState>
      ) : (
        <TableScroll label={text.lesson} className={`card ${styles.table}`}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.lesson}</th>
                <th scope="col">{text.producer}</th>
                <th scope="col" className="number">
                  {text.length}
                </th>
                <th scope="col" className="number">
                  {text.covered}
                </th>
                <th scope="col" className="number">
                  {text.spent}
                </th>
                <th scope="col" className="number">
                  {text.credited}
                </th>
                <th scope="col">{text.days}</th>
                <th scope="col">{text.standing}</th>
              </tr>
            </thead>
            <tbody>
              {record.lessons.map((lesson) => (
                <tr key={lesson.lessonId}>
                  <th scope="row">
                    <Link
                      to={`lessons/${lesson.lessonId}`}
                      aria-label={text.whyOf(lesson.title)}
                      className={styles.strong}
                    >
                      {lesson.title}
                    </Link>
                    <br />
                    <span className="small second">{lesson.courseTitle}</span>
                  </th>
                  <td>{lesson.producerName}</td>
                  {lesson.kind === 'article' ? (
                    <td colSpan={5} className="second">
                      {text.article}
                    </td>
                  ) : (
                    <>
                      <td className="number">
                        {lesson.durationMs > 0 ? formatExact(lesson.durationMs) : text.gone}
                      </td>
                      <td className="number">{formatExact(lesson.coveredMs)}</td>
                      <td className="number">{formatExact(lesson.spentMs)}</td>
                      <td className={`number ${styles.strong}`}>
                        <ExactTime ms={lesson.creditedMs} />
                      </td>
                      <td>
                        {lesson.days.map((day) => (
                          <span key={day.day} className={styles.step}>
                            <span className="second">{day.day}</span> {formatExact(day.creditedMs)}
                          </span>
                        ))}
                      </td>
                    </>
                  )}
                  <td>
                    <Badge tone={lesson.complete ? 'done' : 'plain'}>
                      {lesson.complete ? text.complete : text.open}
                    </Badge>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={5}>
                  {messages.total}
                </th>
                <td className="number">
                  <ExactTime ms={record.creditedMs} />
                </td>
                <td colSpan={2} />
              </tr>
            </tfoot>
          </table>
        </TableScroll>
      )}
      <p className={styles.notes}>{messages.rounding}</p>
    </>
  );
}
