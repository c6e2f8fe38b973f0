import { useLoaderData } from '@remix-run/react';
import { listOpenClasses } from '~/domain/classes/list-open-classes.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { anyone } from '~/web/page.server';
import styles from './classes.module.css';

export const meta = pageTitle(classMessages, (text) => text.catalog.title);

export const loader = anyone(async ({ context, viewer }) => {
  const today = dayAt(context.clock.now(), context.settings.zone).day;
  return { classes: await listOpenClasses(context.db, viewer?.personId ?? null, today) };
});

export default function OpenClasses() {
  const { classes } = useLoaderData<typeof loader>();
  const messages = useText(classMessages);
  const text = messages.catalog;
  return (
    <div className={styles.page}>
      <h1>{text.title}</h1>
      {classes.length === 0 ? (
        <EmptyState
          title={text.empty}
          actions={
            <Link className="button" to="/catalog">
              {text.toCourses}
            </Link>
          }
        >
          {text.emptyText}
        </EmptyState>
      ) : (
        <>
          <p className="second">{text.intro}</p>
          <ul className={styles.list}>
            {classes.map((one) => (
              <li key={one.id}>
                <Link className={styles.card} to={`/catalog/classes/${one.id}`}>
                  <b>{one.title}</b>
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
                  <span className="small second">{messages.dates(one.startsOn, one.endsOn)}</span>
                  <span className="small">
                    {messages.hours(one.requiredClassHours.toFixed(1))}
                    <span className={styles.places}>
                      {one.ownStatus
                        ? messages.statuses[one.ownStatus]
                        : text.placesLeft(one.placesLeft)}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
