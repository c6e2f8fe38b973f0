import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { applyToClass } from '~/domain/classes/apply-to-class.server';
import { getOpenClass } from '~/domain/classes/list-open-classes.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { Conflict } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { pageTitle } from '~/i18n/page-title';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import { anyone, signedIn } from '~/web/page.server';
import styles from './classes.module.css';

export const meta = pageTitle(classMessages, (text) => text.catalog.facts);

export const loader = anyone(async ({ params, context, viewer }) => {
  const today = dayAt(context.clock.now(), context.settings.zone).day;
  const personId = viewer?.personId ?? null;
  return {
    trainingClass: await getOpenClass(context.db, personId, today, params.classId ?? ''),
    signedIn: viewer !== undefined,
  };
});

export const action = signedIn(async ({ params, context, viewer }) => {
  const { zone } = context.settings;
  const input = { classId: params.classId ?? '', personId: viewer.personId, zone };
  try {
    await applyToClass(context.db, { ...input, now: context.clock.now() });
    return data({ error: '' });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return data({ error: error.type }, { status: 409 });
  }
});

export default function OpenClass() {
  const { trainingClass: found } = useLoaderData<typeof loader>();
  const messages = useText(classMessages);
  const text = messages.catalog;
  const error = useActionData<typeof action>()?.error;
  return (
    <div className={styles.page}>
      <p className="small">
        <Link to="/catalog/classes">{text.back}</Link>
      </p>
      <h1>{found.title}</h1>
      <p className={styles.who}>
        <OrganizationMark
          organization={{
            name: found.organizationName,
            mark: found.organizationMark,
            kind: found.organizationKind,
          }}
        />
        {found.organizationName}
      </p>
      {error ? <Notice tone="wrong">{messages.errors[error] ?? error}</Notice> : null}
      <Standing />
      <section className="card">
        <h2>{text.facts}</h2>
        <dl className="facts">
          <dt>{messages.about.dates}</dt>
          <dd>{messages.dates(found.startsOn, found.endsOn)}</dd>
          <dt>{messages.about.classHours}</dt>
          <dd>{messages.hours(found.requiredClassHours.toFixed(1))}</dd>
          <dt>{messages.about.places}</dt>
          <dd>{text.placesLeft(found.placesLeft)}</dd>
        </dl>
      </section>
      <section className="card">
        <h2>{text.courses}</h2>
        <ul className="plain stack-tight">
          {found.courses.map((course) => (
            <li key={course.title}>
              {course.title}{' '}
              <span className="small second">
                {text.lessons(course.lessons, Math.ceil(course.durationMs / 60_000))}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** How the reader stands in the class, with the one thing to do about it. */
function Standing() {
  const { trainingClass: found, signedIn } = useLoaderData<typeof loader>();
  const text = useText(classMessages).catalog;
  const status = found.ownStatus;
  if (status === 'applied') return <Notice tone="pending">{text.applied}</Notice>;
  if (status === 'enrolled' || status === 'completed') {
    return (
      <>
        <Notice tone="done">{text[status]}</Notice>
        <Link className="button wide" to={`/learn/classes/${found.ownEnrollmentId}`}>
          {text.study}
        </Link>
      </>
    );
  }
  const withdrawn = status === 'withdrawn' ? <p className="second">{text.withdrawn}</p> : null;
  if (!found.open) return <Notice tone="plain">{text.closed}</Notice>;
  if (found.placesLeft === 0) return <Notice tone="pending">{text.full}</Notice>;
  if (!signedIn) {
    return (
      <Link className="button wide" to={`/sign-in?to=/catalog/classes/${found.id}`}>
        {text.signIn}
      </Link>
    );
  }
  return (
    <Form method="post">
      {withdrawn}
      <button className="button wide">{text.apply}</button>
    </Form>
  );
}
