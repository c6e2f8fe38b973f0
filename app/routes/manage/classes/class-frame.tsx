import { Outlet, useLoaderData } from '@remix-run/react';
import { classState, daysLeft } from '~/domain/classes/class-state';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { listClassCourses } from '~/domain/classes/list-class-courses.server';
import { countAppeals } from '~/domain/class-hours/list-appeals.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getRulesInForce } from '~/domain/rule-sets/rules-in-force.server';
import { useLocale, useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { Link, NavLink } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { signedIn } from '~/web/page.server';
import { hours } from '../class-hours/report-table';
import { StateBadge } from './state-badge';
import styles from './classes.module.css';

export const loader = signedIn(async ({ params, context, viewer }) => {
  const found = await getManagedClass(context.db, viewer, params.classId ?? '');
  const today = dayAt(context.clock.now(), context.settings.zone).day;
  return {
    trainingClass: found,
    state: classState(found.startsOn, found.endsOn, today),
    daysLeft: daysLeft(found.endsOn, today),
    courses: await listClassCourses(context.db, found.id),
    inForce: await getRulesInForce(context.db, found.id, today),
    appeals: await countAppeals(context.db, found.id),
  };
});

/** The frame of every page of one class: title, state, what it is, and its pages. */
export default function ClassFrame() {
  const { trainingClass, state, daysLeft, courses, inForce, appeals } =
    useLoaderData<typeof loader>();
  const text = useText(classMessages);
  const locale = useLocale();
  const base = `/manage/classes/${trainingClass.id}`;
  return (
    <>
      <p className="small">
        <Link to="/manage/classes">{text.title}</Link>
      </p>
      <div className={styles.heading}>
        <h1>{trainingClass.title}</h1>
        <StateBadge state={state} />
        {state === 'running' ? <span className="second">{text.daysLeft(daysLeft)}</span> : null}
      </div>
      <p className={styles.about}>
        <span className={styles.named}>
          <OrganizationMark
            organization={{
              name: trainingClass.organizationName,
              mark: trainingClass.organizationMark,
              kind: trainingClass.organizationKind,
            }}
            size={20}
          />
          {trainingClass.organizationName}
        </span>
        <span>{text.dates(trainingClass.startsOn, trainingClass.endsOn)}</span>
        <span>{text.hours(hours(trainingClass.requiredTenths / 10))}</span>
        <span>
          {courses
            .map((course) => `${course.title} (${text.about.version(course.number)})`)
            .join(locale === 'zh' ? '、' : ', ')}
        </span>
        <span>
          {locale === 'zh' ? inForce.name : inForce.nameEn} (
          {text.about.version(inForce.rules.version)})
        </span>
      </p>
      <nav className={styles.tabs} aria-label={text.tabs.label}>
        <NavLink to={base} end>
          {text.tabs.learners}
        </NavLink>
        <NavLink to={`${base}/applications`}>{text.tabs.applications}</NavLink>
        <NavLink to={`${base}/roster`}>{text.tabs.roster}</NavLink>
        <NavLink to={`${base}/signals`}>{text.tabs.signals}</NavLink>
        <NavLink to={`${base}/appeals`}>{text.tabs.appeals(appeals.open)}</NavLink>
        <NavLink to={`${base}/rules`}>{text.tabs.rules}</NavLink>
        <NavLink to={`${base}/settlements`}>{text.tabs.settlements}</NavLink>
        <NavLink to={`${base}/settings`}>{text.tabs.settings}</NavLink>
      </nav>
      <Outlet />
    </>
  );
}
