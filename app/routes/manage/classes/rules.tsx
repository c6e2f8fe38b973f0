import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { applyRecount } from '~/domain/rule-sets/apply-recount.server';
import { askRecount } from '~/domain/rule-sets/ask-recount.server';
import { findRecount, listRecountRows } from '~/domain/rule-sets/get-recount.server';
import { listClassRules } from '~/domain/rule-sets/list-class-rules.server';
import { listSwitchChoices } from '~/domain/rule-sets/list-switch-choices.server';
import { askedSwitchSchema, decidedSwitchSchema } from '~/domain/rule-sets/recount-form';
import { resumeRecount } from '~/domain/rule-sets/resume-recount.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { useLocale, useText } from '~/i18n/locale';
import { classRulesMessages } from '~/i18n/messages/class-rules';
import { pageTitle } from '~/i18n/page-title';
import { Field, SelectField } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { RecountResult } from './recount-result';
import { RulesTimeline } from './rules-timeline';
import styles from './rules.module.css';

const PAGE = 50;

export const meta = pageTitle(classRulesMessages, (text) => text.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, settings } = context;
  const trainingClass = await getManagedClass(db, viewer, params.classId ?? '');
  const search = new URL(request.url).searchParams;
  const page = Math.max(1, Number.parseInt(search.get('page') ?? '1', 10) || 1);
  const recount = await findRecount(db, trainingClass, search.get('recount'));
  const range = { offset: (page - 1) * PAGE, limit: PAGE };
  const dayOf = (at: number) => dayAt(at, settings.zone).day;
  const today = dayOf(context.clock.now());
  const timeline = await listClassRules(db, trainingClass.id);
  return {
    classId: trainingClass.id,
    minutesPerClassHour: trainingClass.minutesPerClassHour,
    dates: { from: trainingClass.startsOn, to: trainingClass.endsOn },
    today,
    timeline: timeline.map((one) => ({
      ...one,
      decidedOn: one.decision ? dayOf(one.decision.at) : null,
    })),
    choices: await listSwitchChoices(db, trainingClass.minutesPerClassHour),
    recount,
    rows: recount ? await listRecountRows(db, recount.id, trainingClass, range) : [],
    page,
    pages: Math.ceil((recount?.sums.rows ?? 0) / PAGE),
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const classId = params.classId ?? '';
  const { db, clock } = context;
  const fields = textFields(await request.formData());
  const now = clock.now();
  try {
    if (fields.intent === 'apply') {
      const decided = parseFields(decidedSwitchSchema, fields);
      await applyRecount(db, viewer, { classId, decided, now });
      throw redirect(`?recount=${decided.recountId}`);
    }
    if (fields.intent === 'resume') {
      const recountId = fields.recountId ?? '';
      await resumeRecount(db, viewer, { classId, recountId, now });
      throw redirect(`?recount=${recountId}`);
    }
    const asked = parseFields(askedSwitchSchema, {
      versionId: fields.versionId ?? '',
      fromDay: fields.fromDay ?? '',
    });
    throw redirect(`?recount=${await askRecount(db, viewer, { classId, asked, now })}`);
  } catch (error) {
    if (error instanceof Invalid) return data({ errors: fieldErrors(error), fields }, 422);
    if (!(error instanceof Conflict)) throw error;
    const errors: Record<string, string> = { form: error.type };
    return data({ errors, fields }, 409);
  }
});

export default function ClassRules() {
  const { recount } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const text = useText(classRulesMessages);
  const fault = text.errors[result?.errors.form ?? ''];
  return (
    <div className={styles.page}>
      {fault ? <Notice tone="wrong">{fault}</Notice> : null}
      <div className={styles.columns}>
        <RulesTimeline />
        <AskForm key={recount?.id ?? 'none'} />
      </div>
      {recount ? <RecountResult /> : null}
    </div>
  );
}

function AskForm() {
  const { choices, recount, dates, today, minutesPerClassHour } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const messages = useText(classRulesMessages);
  const text = messages.ask;
  const locale = useLocale();
  const typed = result?.fields.intent === 'ask' ? result.fields : undefined;
  const within = today < dates.from ? dates.from : today > dates.to ? dates.to : today;
  const error = (name: string) => messages.errors[result?.errors[name] ?? ''];
  return (
    <Form method="post" className={`card stack ${styles.ask}`} preventScrollReset>
      <h2>{text.title}</h2>
      <p className="second">{text.intro}</p>
      <SelectField
        label={text.version}
        name="versionId"
        hint={text.versionHint(minutesPerClassHour)}
        defaultValue={typed?.versionId ?? recount?.versionId ?? ''}
        error={error('versionId')}
        required
      >
        <option value="">{text.choose}</option>
        {choices.map((one) => (
          <option key={one.versionId} value={one.versionId}>
            {locale === 'zh' ? one.name : one.nameEn}
            {locale === 'zh' ? '，' : ', '}
            {messages.version(one.version)}
          </option>
        ))}
      </SelectField>
      <Field
        label={text.fromDay}
        name="fromDay"
        type="date"
        min={dates.from}
        max={dates.to}
        hint={text.fromDayHint}
        defaultValue={typed?.fromDay ?? recount?.fromDay ?? within}
        error={error('fromDay')}
        required
      />
      <div className="row">
        <button
          className={recount?.state === 'asked' ? 'button outlined' : 'button'}
          name="intent"
          value="ask"
        >
          {recount ? text.again : text.submit}
        </button>
      </div>
    </Form>
  );
}
