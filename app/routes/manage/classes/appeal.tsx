import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { getCorrectionBounds } from '~/domain/class-hours/correction-bounds.server';
import { decisionSchema } from '~/domain/class-hours/correction-form';
import { decideAppeal, type Decision } from '~/domain/class-hours/decide-appeal.server';
import { explainClassHours } from '~/domain/class-hours/explain-class-hours.server';
import { getClassAppeal } from '~/domain/class-hours/list-appeals.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { AppealEvidence } from './appeal-evidence';
import { DecisionForm } from './decision-form';
import { signedExact } from './signed-exact';
import styles from './appeals.module.css';

const PAGE = 50;

export const meta = pageTitle(appealMessages, (text) => text.title);

/** Also after a refusal: somebody may have answered first. */
export const shouldRevalidate = () => true;

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, clock, settings } = context;
  const { zone } = settings;
  const { id: classId } = await getManagedClass(db, viewer, params.classId ?? '');
  const appeal = await getClassAppeal(db, classId, params.appealId ?? '');
  const { enrollmentId, lessonId } = appeal;
  const now = clock.now();
  const of = { enrollmentId, lessonId };
  const explained = await explainClassHours(db, viewer, of, { zone, now });
  const plays = explained.plays.filter((play) => {
    const day = 'correction' in play ? play.correction.day : dayAt(play.wallFrom, zone).day;
    return appeal.day === null || day === appeal.day;
  });
  const pages = Math.max(1, Math.ceil(plays.length / PAGE));
  const asked = Number.parseInt(new URL(request.url).searchParams.get('page') ?? '1', 10) || 1;
  const page = Math.min(Math.max(1, asked), pages);
  const sum = (of: (play: (typeof plays)[number]) => number) =>
    plays.reduce((total, play) => total + of(play), 0);
  const today = dayAt(now, zone).day;
  return {
    appeal,
    correction: explained.corrections.find((one) => one.appealId === appeal.id) ?? null,
    plays: plays.slice((page - 1) * PAGE, page * PAGE),
    figures: {
      spentMs: sum((play) => play.validMs),
      creditedMs: sum((play) => play.creditedMs),
      uncountedMs: sum((play) => play.refusals.reduce((total, { ms }) => total + ms, 0)),
    },
    pages: { page, pages, total: plays.length },
    lastDay: explained.byDay.at(-1)?.day ?? today,
    bounds: await getCorrectionBounds(db, { ...of, day: today }),
    today,
    zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { classId = '', appealId = '' } = params;
  const { db, clock, settings } = context;
  await getManagedClass(db, viewer, classId);
  await getClassAppeal(db, classId, appealId);
  const fields = textFields(await request.formData());
  try {
    const parsed = parseFields(decisionSchema, fields);
    const { reason } = parsed;
    const decided: Decision =
      parsed.decision === 'declined'
        ? { decision: 'declined', reason }
        : { decision: 'accepted', day: parsed.day, ms: parsed.time, reason };
    const given = { zone: settings.zone, now: clock.now() };
    await decideAppeal(db, viewer, { classId, appealId, decided }, given);
  } catch (error) {
    if (error instanceof Invalid) return data({ errors: fieldErrors(error), fields }, 422);
    if (!(error instanceof Conflict)) throw error;
    const errors: Record<string, string> = { form: error.type };
    return data({ errors, fields }, 409);
  }
  throw redirect(`/manage/classes/${classId}/appeals/${appealId}`);
});

/** One appeal: what the learner says, what the records say, and the answer. */
export default function AppealDesk() {
  const { appeal, zone } = useLoaderData<typeof loader>();
  const messages = useText(appealMessages);
  const text = messages.desk;
  const moment = useMoment(zone);
  const state = appeal.decision ?? 'open';
  return (
    <div className={styles.page}>
      <p className="small">
        <Link to=".." relative="path">
          {text.back}
        </Link>
      </p>
      <div className={styles.heading}>
        <h2>{text.of(appeal.learnerName, appeal.lessonTitle)}</h2>
        <Badge tone={state === 'open' ? 'pending' : state === 'accepted' ? 'done' : 'plain'}>
          {messages.states[state]}
        </Badge>
      </div>
      <div className={styles.columns}>
        <div className={styles.page}>
          <section className={`card ${styles.part}`}>
            <p className="small second">
              {text.says(
                appeal.learnerName,
                moment(appeal.madeAt),
                appeal.day ?? messages.wholeLesson,
              )}
            </p>
            <blockquote className={styles.quote}>{appeal.text}</blockquote>
          </section>
          <AppealEvidence />
        </div>
        {appeal.decision === null ? <DecisionForm /> : <Answer />}
      </div>
    </div>
  );
}

function Answer() {
  const { appeal, correction, zone } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const messages = useText(appealMessages);
  const text = messages.desk;
  const moment = useMoment(zone);
  const conflict = messages.errors[refused?.errors.form ?? ''];
  return (
    <section className={`card ${styles.part}`}>
      <h3>{text.decide}</h3>
      {conflict ? <Notice tone="wrong">{conflict}</Notice> : null}
      {correction ? (
        <p>
          <b>{text.corrected(correction.day, signedExact(correction.ms))}</b>
        </p>
      ) : null}
      <blockquote className={styles.quote}>{appeal.answer}</blockquote>
      <p className="small second">
        {text.answered(appeal.decidedBy ?? '', moment(appeal.decidedAt ?? 0))}
      </p>
      <p className="small second">{text.final}</p>
    </section>
  );
}
