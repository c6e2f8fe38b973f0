import { useLoaderData } from '@remix-run/react';
import { explainClassHours } from '~/domain/class-hours/explain-class-hours.server';
import { formatExact } from '~/domain/class-hours/figures';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getEnrollmentRecord } from '~/domain/reports/get-enrollment-record.server';
import { listRecounts } from '~/domain/rule-sets/list-recounts.server';
import { getRulesInForce } from '~/domain/rule-sets/rules-in-force.server';
import { clockTime } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import { RecountNotes } from '../../learn/recount-notes';
import { ExactTime } from './exact-time';
import styles from './class-hours.module.css';

export const meta = pageTitle(classHourMessages, (text) => text.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { enrollmentId = '', lessonId = '' } = params;
  const { zone } = context.settings;
  const record = await getEnrollmentRecord(context.db, viewer, enrollmentId);
  const wanted = { enrollmentId, lessonId };
  const now = context.clock.now();
  const today = dayAt(now, zone).day;
  const inForce = await getRulesInForce(context.db, record.classId, today);
  return {
    explanation: await explainClassHours(context.db, viewer, wanted, { zone, now }),
    title: record.lessons.find((lesson) => lesson.lessonId === lessonId)?.title ?? '',
    personName: record.personName,
    classTitle: record.classTitle,
    rules: { zh: inForce.name, en: inForce.nameEn, version: inForce.rules.version },
    zone,
    recounts: await listRecounts(context.db, wanted),
  };
});

/** Why a learner's lesson counts what it counts, for the class's manager. */
export default function LessonClassHours() {
  const { explanation, title, personName, classTitle, rules, zone, recounts } =
    useLoaderData<typeof loader>();
  const messages = useText(classHourMessages);
  const text = messages.explanation;
  const locale = useLocale();
  const moment = useMoment(zone);
  return (
    <>
      <p className="small">
        <Link to="../.." relative="path">
          {messages.record.title(personName, classTitle)}
        </Link>
      </p>
      <div className="page-title">
        <h1>{title}</h1>
        <p className="small second">{text.rules(rules[locale], rules.version)}</p>
      </div>
      <section className="card stack-tight">
        <dl className={styles.equation}>
          <div>
            <dt>{text.credited}</dt>
            <dd>
              <ExactTime ms={explanation.creditedMs} />
            </dd>
          </div>
          <div>
            <dt>{text.spent}</dt>
            <dd>
              <ExactTime ms={explanation.spentMs} />
            </dd>
          </div>
          <div>
            <dt>{text.covered}</dt>
            <dd>
              <ExactTime ms={explanation.coveredMs} />
            </dd>
          </div>
        </dl>
        <p className="second">{text.law}</p>
        {explanation.byDay.map((day) => (
          <p key={day.day}>
            <span className="second">{day.day}</span> {formatExact(day.creditedMs)}
          </p>
        ))}
      </section>
      <RecountNotes notes={recounts} zone={zone} />
      {explanation.plays.length === 0 ? (
        <EmptyState drawing="caliper" title={text.empty}>
          {text.emptyText}
        </EmptyState>
      ) : (
        <TableScroll label={text.plays} className={`card ${styles.table} ${styles.below}`}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.wall}</th>
                <th scope="col">{text.media}</th>
                <th scope="col" className="number">
                  {text.valid}
                </th>
                <th scope="col" className="number">
                  {text.credited}
                </th>
                <th scope="col">{text.refused}</th>
              </tr>
            </thead>
            <tbody>
              {explanation.plays.map((play, index) => (
                <tr key={`${play.wallFrom} ${index}`}>
                  <th scope="row">{moment(play.wallFrom)}</th>
                  <td>
                    {clockTime(play.mediaFromMs)}–{clockTime(play.mediaToMs)}
                  </td>
                  <td className="number">{formatExact(play.validMs)}</td>
                  <td className="number">
                    <ExactTime ms={play.creditedMs} />
                  </td>
                  <td>
                    {play.refusals.length === 0
                      ? play.creditedMs === play.validMs
                        ? text.counted
                        : text.already
                      : play.refusals.map((refusal) => (
                          <span key={refusal.clause} className={styles.step}>
                            {text.clauses[refusal.clause]} {formatExact(refusal.ms)}
                          </span>
                        ))}
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
