import { useLoaderData } from '@remix-run/react';
import { organizationsAs } from '~/domain/accounts/can';
import { listCourses } from '~/domain/courses/list-courses.server';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { EmptyState } from '~/ui/empty-state';
import { IconPlus } from '~/ui/icons';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import styles from './courses.module.css';

export const meta = pageTitle(teachMessages, (text) => text.courses.title);

export const loader = signedIn(async ({ context, viewer }) => ({
  courses: await listCourses(context.db, viewer),
  mayCreate: organizationsAs(viewer, 'instructor').length > 0,
  zone: context.settings.zone,
}));

export default function Courses() {
  const { courses, mayCreate, zone } = useLoaderData<typeof loader>();
  const text = useText(teachMessages).courses;
  const words = useText(courseMessages);
  const moment = useMoment(zone);
  const add = mayCreate ? (
    <Link className="button" to="/teach/courses/new">
      <IconPlus size={18} aria-hidden="true" />
      {text.add}
    </Link>
  ) : null;
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        {courses.length > 0 ? add : null}
      </div>
      {courses.length === 0 ? (
        <EmptyState title={text.empty} actions={add}>
          {mayCreate ? text.emptyText : text.emptyReader}
        </EmptyState>
      ) : (
        <TableScroll label={text.title} className={styles.sheet}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.course}</th>
                <th scope="col">{text.trade}</th>
                <th scope="col">{text.lead}</th>
                <th scope="col">{text.published}</th>
              </tr>
            </thead>
            <tbody>
              {courses.map((course) => (
                <tr key={course.courseId}>
                  <th scope="row">
                    <Link className={styles.course} to={`/teach/courses/${course.courseId}`}>
                      <img src={`/art/cover-${course.cover}.svg`} alt="" width="64" height="48" />
                      <b>{course.title}</b>
                      {course.author ? null : <Badge tone="plain">{text.readOnly}</Badge>}
                    </Link>
                  </th>
                  <td>
                    {course.occupation} {words.levels[course.level] ?? course.level}
                  </td>
                  <td>{course.leadName}</td>
                  <td>
                    {course.number === null ? (
                      <Badge tone="plain">{text.draft}</Badge>
                    ) : (
                      <>
                        {words.version(course.number)}{' '}
                        <span className="second">{moment(course.publishedAt ?? 0)}</span>
                      </>
                    )}
                    {course.waitingNumber === null ? null : (
                      <>
                        {' '}
                        <Link to={`/teach/courses/${course.courseId}/publication`}>
                          {text.waiting(course.waitingNumber)}
                        </Link>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </>
  );
}
