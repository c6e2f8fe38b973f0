import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { appealSchema } from '~/domain/class-hours/correction-form';
import { getLearnerClass } from '~/domain/classes/get-learner-class.server';
import { getStudiedLesson } from '~/domain/classes/get-studied-lesson.server';
import { explainClassHours } from '~/domain/class-hours/explain-class-hours.server';
import { listLessonAppeals } from '~/domain/class-hours/list-appeals.server';
import { makeAppeal } from '~/domain/class-hours/make-appeal.server';
import { missingWithin } from '~/domain/class-hours/missing-within';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getRulesInForce } from '~/domain/rule-sets/rules-in-force.server';
import { Conflict, Invalid, NotFound } from '~/domain/shared/errors';
import { clockTime, signedTime, spokenDay, spokenWeekday } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { learnMessages } from '~/i18n/messages/learn';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { pageTitle } from '~/i18n/page-title';
import { ruleSentences } from '~/i18n/rule-words';
import { EmptyState } from '~/ui/empty-state';
import { IconChevronLeft, IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Strip } from '~/ui/strip';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { AppealForm, MyAppeals } from './appeals';
import styles from './class-hours.module.css';
import { CreditNotes } from './credit-notes';
import { Equation } from './equation';
import { PlayRail } from './play-rail';

export const handle = { bare: true };

export const meta = pageTitle(learnMessages, (text) => text.explained.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, settings } = context;
  const enrollmentId = params.enrollmentId ?? '';
  const lessonId = params.lessonId ?? '';
  const now = context.clock.now();
  const wanted = { personId: viewer.personId, enrollmentId, lessonId };
  const [explained, found, studied] = await Promise.all([
    explainClassHours(db, viewer, { enrollmentId, lessonId }, { zone: settings.zone, now }),
    getLearnerClass(db, viewer.personId, enrollmentId, now, settings.zone),
    getStudiedLesson(db, wanted),
  ]);
  const lesson = found.courses
    .flatMap((course) =>
      course.chapters.flatMap((chapter, number) =>
        chapter.lessons.map((one, index) => ({ ...one, label: `${number + 1}.${index + 1}` })),
      ),
    )
    .find((one) => one.id === lessonId);
  if (!lesson) throw new NotFound();
  const today = dayAt(now, settings.zone).day;
  const inForce = await getRulesInForce(db, found.classId, today);
  const plays = explained.plays
    .filter((play) => !('correction' in play))
    .map((play) => ({ ...play, day: dayAt(play.wallFrom, settings.zone).day }));
  const days = [...new Set(plays.map((play) => play.day))].sort();
  const asked = new URL(request.url).searchParams.get('day') ?? '';
  const day = days.includes(asked) ? asked : days.at(-1);
  const at = day ? days.indexOf(day) : -1;
  return {
    enrollmentId,
    lesson: {
      id: lesson.id,
      title: `${lesson.label} ${lesson.title}`,
      lengthMs: studied.media?.durationMs ?? lesson.durationMs,
      coverage: studied.coverage,
      counts: lesson.kind === 'video',
    },
    zone: settings.zone,
    open: found.state === 'running' && ['enrolled', 'completed'].includes(found.status),
    day,
    previous: days[at - 1],
    next: days[at + 1],
    plays: plays.filter((play) => play.day === day),
    totals: { creditedMs: explained.creditedMs, coveredMs: explained.coveredMs },
    inForce,
    recounts: explained.recounts,
    corrections: explained.corrections,
    appeals: await listLessonAppeals(db, { enrollmentId, lessonId }),
    days,
    today,
  };
});

/** Appeals about one day of the lesson, or all of it. */
export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { enrollmentId = '', lessonId = '' } = params;
  const of = { personId: viewer.personId, enrollmentId, lessonId };
  const fields = textFields(await request.formData());
  const kept = { day: fields.day ?? '', text: fields.text ?? '' };
  const given = { zone: context.settings.zone, now: context.clock.now() };
  try {
    await getStudiedLesson(context.db, of);
    await makeAppeal(context.db, { ...of, ...parseFields(appealSchema, fields) }, given);
  } catch (error) {
    if (error instanceof Invalid) return data({ ...kept, errors: fieldErrors(error) }, 422);
    if (!(error instanceof Conflict)) throw error;
    const errors: Record<string, string> = { form: error.type };
    return data({ ...kept, errors }, 409);
  }
  throw redirect(`${new URL(request.url).search}#appeals`);
});

export default function ClassHoursExplained() {
  const page = useLoaderData<typeof loader>();
  const { explained: text, lesson: lessonText } = useText(learnMessages);
  const ruleText = useText(ruleSetMessages);
  const appealText = useText(appealMessages);
  const refused = useActionData<typeof action>();
  const locale = useLocale();
  const sum = (notes: typeof page.corrections) => notes.reduce((total, { ms }) => total + ms, 0);
  const corrected = sum(page.corrections);
  const correctedOfDay = sum(page.corrections.filter(({ day }) => day === page.day));
  const to = `/learn/classes/${page.enrollmentId}/lessons/${page.lesson.id}`;
  return (
    <div className={styles.page}>
      <div className="page-bar">
        <Link className="bare-icon" to={to} aria-label={text.back}>
          <IconChevronLeft size={24} aria-hidden="true" />
        </Link>
        <h1>{text.title}</h1>
      </div>
      {page.day ? (
        <>
          <section className={styles.sum}>
            <div className={styles.dayRow}>
              <DayLink day={page.previous} word={text.previousDay} back />
              <div className={styles.day}>
                <h2>
                  {spokenDay(page.day, locale)}　{spokenWeekday(page.day, locale)}
                </h2>
                <p className="small second">{page.lesson.title}</p>
              </div>
              <DayLink day={page.next} word={text.nextDay} />
            </div>
            <Equation plays={page.plays} />
            {correctedOfDay === 0 ? null : (
              <p className="small second">
                {appealText.corrections.ofDay(signedTime(correctedOfDay))}
              </p>
            )}
            <Strip
              durationMs={page.lesson.lengthMs}
              counted={page.lesson.coverage}
              uncounted={page.plays
                .filter((play) => play.refusals.length > 0)
                .flatMap((play) =>
                  missingWithin(page.lesson.coverage, play.mediaFromMs, play.mediaToMs),
                )}
              unit={lessonText.minutes}
              label={text.strip(clockTime(page.totals.coveredMs))}
            />
          </section>
          <PlayRail
            plays={page.plays}
            zone={page.zone}
            lesson={{ url: to, coverage: page.lesson.coverage, open: page.open }}
          />
        </>
      ) : (
        <div className={styles.empty}>
          <EmptyState
            title={text.empty}
            actions={
              <Link className="button" to={to}>
                {text.start}
              </Link>
            }
          >
            {text.emptyText}
          </EmptyState>
        </div>
      )}
      <MyAppeals appeals={page.appeals} zone={page.zone} />
      {page.lesson.counts ? (
        <AppealForm
          key={page.appeals.length}
          days={page.days}
          day={page.day}
          today={page.today}
          waiting={page.appeals.filter(({ decision }) => decision === null)}
          refused={refused}
        />
      ) : null}
      <CreditNotes
        id="corrections"
        text={appealText.corrections}
        notes={page.corrections}
        zone={page.zone}
      />
      <CreditNotes id="recounts" text={ruleText.recounts} notes={page.recounts} zone={page.zone} />
      <div className={styles.rules}>
        <p>
          {text.lessonTotal} <b>{clockTime(page.totals.creditedMs)}</b>
          {corrected === 0 ? null : appealText.corrections.included(signedTime(corrected))}
        </p>
        <p>{text.law}</p>
        <details>
          <summary>
            {text.rule(
              locale === 'zh' ? page.inForce.name : page.inForce.nameEn,
              page.inForce.rules.version,
              page.inForce.rules.minutesPerClassHour,
            )}
          </summary>
          <ul>
            {ruleSentences(page.inForce.rules, ruleText).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      </div>
    </div>
  );
}

function DayLink(props: { day: string | undefined; word: string; back?: boolean }) {
  const Icon = props.back ? IconChevronLeft : IconChevronRight;
  if (!props.day) return <span className="bare-icon" />;
  return (
    <Link className="bare-icon" to={`?day=${props.day}`} aria-label={props.word} preventScrollReset>
      <Icon size={20} aria-hidden="true" />
    </Link>
  );
}
