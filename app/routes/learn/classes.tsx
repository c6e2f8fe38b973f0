import { useLoaderData } from '@remix-run/react';
import { listLearnerClasses } from '~/domain/classes/list-learner-classes.server';
import { formatExact } from '~/domain/class-hours/figures';
import { spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { pageTitle } from '~/i18n/page-title';
import { CellRow } from '~/ui/cell-row';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { signedIn } from '~/web/page.server';
import { ClassBadge } from './class-badge';
import styles from './classes.module.css';
import { hoursText } from './hours-card';

export const meta = pageTitle(learnMessages, (text) => text.classes.title);

export const loader = signedIn(async ({ context, viewer }) => ({
  classes: await listLearnerClasses(
    context.db,
    viewer.personId,
    context.clock.now(),
    context.settings.zone,
  ),
}));

export default function LearnClasses() {
  const { classes } = useLoaderData<typeof loader>();
  const text = useText(learnMessages).classes;
  const locale = useLocale();
  return (
    <div className={styles.page}>
      <h1>{text.title}</h1>
      {classes.length === 0 ? (
        <EmptyState
          title={text.empty}
          actions={
            <Link className="button" to="/catalog">
              {text.find}
            </Link>
          }
        >
          {text.emptyText}
        </EmptyState>
      ) : null}
      <ul className={styles.list}>
        {classes.map((one) => {
          const credited = hoursText(one.creditedClassHours);
          const required = hoursText(one.requiredClassHours);
          return (
            <li key={one.enrollmentId}>
              <Link className={styles.card} to={`/learn/classes/${one.enrollmentId}`}>
                <span className="split">
                  <span className={styles.name}>{one.title}</span>
                  <ClassBadge status={one.status} state={one.state} />
                </span>
                <span className={styles.who}>
                  <OrganizationMark
                    organization={{
                      name: one.organizationName,
                      mark: one.organizationMark,
                      kind: one.organizationKind,
                    }}
                    size={20}
                  />
                  {one.organizationName}
                </span>
                <CellRow
                  full={one.creditedClassHours}
                  total={one.requiredClassHours}
                  cell={one.requiredClassHours < 3 ? 0.1 : 1}
                  label={text.hours(credited, required)}
                />
                <span className="split">
                  <span>
                    <b>{text.hours(credited, required)}</b>{' '}
                    <span className="small second">{text.exact(formatExact(one.creditedMs))}</span>
                  </span>
                  <span className="small second">
                    {text.lessons(one.lessonsComplete, one.lessons)}
                  </span>
                </span>
                <span className="small second">
                  {text.dates(spokenDay(one.startsOn, locale), spokenDay(one.endsOn, locale))}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
