import { plannedClassHours } from '~/domain/courses/planned-hours';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { Link } from '~/ui/link';
import { OrganizationMark, type MarkedOrganization } from '~/ui/organization-mark';
import styles from './courses.module.css';

export interface CardCourse {
  courseId: string;
  title: string;
  occupation: string;
  level: string;
  cover: string;
  durationMs: number;
  organizations: (MarkedOrganization & { id: string })[];
}

/** One course of the catalog: a cover with words under it, a row with words beside it on a phone. */
export function CourseCard({ course }: { course: CardCourse }) {
  const text = useText(courseMessages);
  return (
    <li className={styles.card}>
      <Link to={`/catalog/courses/${course.courseId}`} className={styles.link}>
        <img
          className={styles.cover}
          src={`/art/cover-${course.cover}.svg`}
          alt=""
          width="320"
          height="184"
        />
        <span className={styles.words}>
          <span className={styles.title}>{course.title}</span>
          <span className={styles.trade}>
            {course.occupation}
            <span>{text.levels[course.level] ?? course.level}</span>
          </span>
          <span className={styles.foot}>
            <span className={styles.marks}>
              {course.organizations.map((organization) => (
                <OrganizationMark
                  key={organization.id}
                  organization={organization}
                  size={22}
                  label={organization.name}
                />
              ))}
              {course.organizations.length > 1 ? (
                <span className={styles.together}>{text.together}</span>
              ) : null}
            </span>
            <span className="nowrap">{text.planned(plannedClassHours(course.durationMs))}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
