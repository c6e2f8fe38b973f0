import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { correctClassHours } from '~/domain/class-hours/correct-class-hours.server';
import { getCorrectionBounds } from '~/domain/class-hours/correction-bounds.server';
import { correctionSchema } from '~/domain/class-hours/correction-form';
import { explainClassHours } from '~/domain/class-hours/explain-class-hours.server';
import { formatExact } from '~/domain/class-hours/figures';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getEnrollmentRecord } from '~/domain/reports/get-enrollment-record.server';
import { getRulesInForce } from '~/domain/rule-sets/rules-in-force.server';
import { Invalid } from '~/domain/shared/errors';
import { useLocale, useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { TextField } from '~/ui/field';
import { Link } from '~/ui/link';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { CreditNotes } from '../../learn/credit-notes';
import { CorrectionFields } from './correction-fields';
import { ExactTime } from './exact-time';
import { PlayTable } from './play-table';
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
    bounds: await getCorrectionBounds(context.db, { ...wanted, day: today }),
    today,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { enrollmentId = '', lessonId = '' } = params;
  const { db, clock, settings } = context;
  await getEnrollmentRecord(db, viewer, enrollmentId);
  const fields = textFields(await request.formData());
  try {
    const { day, time, reason } = parseFields(correctionSchema, fields);
    const input = { enrollmentId, lessonId, day, ms: time, reason };
    await correctClassHours(db, viewer, input, { zone: settings.zone, now: clock.now() });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return data({ errors: fieldErrors(error), fields }, 422);
  }
  throw redirect('#corrections');
});

/** Why a learner's lesson counts what it counts, for the class's manager. */
export default function LessonClassHours() {
  const { explanation, title, personName, classTitle, rules, zone } =
    useLoaderData<typeof loader>();
  const messages = useText(classHourMessages);
  const text = messages.explanation;
  const locale = useLocale();
  const decided = useText(appealMessages);
  const { recounts } = useText(ruleSetMessages);
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
      <CreditNotes
        id="corrections"
        text={decided.corrections}
        notes={explanation.corrections}
        zone={zone}
      />
      <CreditNotes id="recounts" text={recounts} notes={explanation.recounts} zone={zone} />
      {explanation.plays.length === 0 ? (
        <EmptyState drawing="caliper" title={text.empty}>
          {text.emptyText}
        </EmptyState>
      ) : (
        <PlayTable plays={explanation.plays} zone={zone} />
      )}
      <CorrectLesson />
    </>
  );
}

/** Adds to what the lesson credits, or takes from it, beside the law. */
function CorrectLesson() {
  const { bounds, today, explanation } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const messages = useText(appealMessages);
  const text = messages.correct;
  const typed: Partial<Record<string, string>> = refused?.fields ?? {};
  const errors: Partial<Record<string, string>> = refused?.errors ?? {};
  if (bounds.lengthMs === 0) return null;
  return (
    <Form
      key={explanation.corrections.length}
      method="post"
      className={`card stack ${styles.correct}`}
      preventScrollReset
    >
      <div className="stack-tight">
        <h2>{text.title}</h2>
        <p className="second">{text.intro}</p>
      </div>
      <CorrectionFields
        day={typed.day ?? explanation.byDay.at(-1)?.day ?? today}
        time={typed.time ?? ''}
        bounds={{ from: bounds.firstDay, to: today }}
        leftMs={Math.max(0, bounds.lengthMs - bounds.lessonMs)}
        errors={errors}
      />
      <TextField
        label={messages.desk.reason}
        hint={messages.desk.reasonHint}
        name="reason"
        rows={3}
        maxLength={500}
        defaultValue={typed.reason}
        error={messages.errors[errors.reason ?? '']}
      />
      <div>
        <button className="button">{text.submit}</button>
      </div>
    </Form>
  );
}
