import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { formatExactMs } from '~/domain/class-hours/figures';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { listSettlements } from '~/domain/settlements/list-settlements.server';
import { previewSettlement } from '~/domain/settlements/preview-settlement.server';
import { sumCredit } from '~/domain/settlements/sum-credit.server';
import { settleClass } from '~/domain/settlements/settle-class.server';
import { settlementForm } from '~/domain/settlements/settlement-form';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { settlementMessages } from '~/i18n/messages/settlements';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Field } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { TableScroll } from '~/ui/table-scroll';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { LineTable } from './line-table';
import { SignedTime } from './signed-time';
import styles from './settlements.module.css';

export const meta = pageTitle(settlementMessages, (text) => text.title);

/** Also after a refusal: what is shown has changed then. */
export const shouldRevalidate = () => true;

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, clock, settings } = context;
  const trainingClass = await getManagedClass(db, viewer, params.classId ?? '');
  const toDay = new URL(request.url).searchParams.get('to') ?? undefined;
  const today = dayAt(clock.now(), settings.zone).day;
  return {
    preview: await previewSettlement(db, trainingClass, { toDay, today }),
    settlements: await listSettlements(db, trainingClass.id),
    credit: await sumCredit(db, trainingClass.id),
    minutesPerClassHour: trainingClass.minutesPerClassHour,
    zone: settings.zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const classId = params.classId ?? '';
  const now = context.clock.now();
  try {
    await getManagedClass(context.db, viewer, classId);
    const form = parseFields(settlementForm, textFields(await request.formData()));
    const today = dayAt(now, context.settings.zone).day;
    const number = await settleClass(context.db, viewer, { classId, form, today, now });
    return redirect(`/manage/classes/${classId}/settlements/${number}`);
  } catch (error) {
    if (error instanceof Invalid) return data({ errors: fieldErrors(error), refused: '' }, 422);
    if (error instanceof Conflict) return data({ errors: {}, refused: error.type }, 409);
    throw error;
  }
});

export default function Settlements() {
  const { settlements, credit, zone } = useLoaderData<typeof loader>();
  const text = useText(settlementMessages);
  const moment = useMoment(zone);
  return (
    <div className={styles.stack}>
      <Next />
      {settlements.length === 0 ? (
        <EmptyState title={text.none}>{text.noneText}</EmptyState>
      ) : (
        <section className={`card ${styles.part}`}>
          <h2>{text.title}</h2>
          <TableScroll label={text.title}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{text.title}</th>
                  <th scope="col">{text.days}</th>
                  <th scope="col">{text.settledBy}</th>
                  <th scope="col">{text.settledAt}</th>
                  <th scope="col" className="number">
                    {text.learners}
                  </th>
                  <th scope="col" className="number">
                    {text.credited}
                  </th>
                  <th scope="col" className="number">
                    {text.adjustment}
                  </th>
                  <th scope="col" className="number">
                    {text.sum}
                  </th>
                </tr>
              </thead>
              <tbody>
                {settlements.map((one) => (
                  <tr key={one.id}>
                    <th scope="row" className="nowrap">
                      <Link to={String(one.number)}>{text.one(one.number)}</Link>
                    </th>
                    <td className="nowrap">{text.period(one.fromDay, one.toDay)}</td>
                    <td className="nowrap">{one.settledBy}</td>
                    <td className="nowrap">{moment(one.settledAt)}</td>
                    <td className="number">{one.learners}</td>
                    <td className="number">
                      <SignedTime ms={one.creditedMs} />
                    </td>
                    <td className="number">
                      <SignedTime ms={one.adjustmentMs} />
                    </td>
                    <td className="number">
                      <SignedTime ms={one.creditedMs + one.adjustmentMs} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
          <p className="second">
            {text.open(
              formatExactMs(credit.settledMs),
              formatExactMs(credit.openMs),
              formatExactMs(credit.creditedMs),
            )}
          </p>
        </section>
      )}
    </div>
  );
}

function Next() {
  const { preview, minutesPerClassHour } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const errors: Partial<Record<string, string>> = answer?.errors ?? {};
  const text = useText(settlementMessages);
  const { number, fromDay, toDay, latestDay, lines, totalMs } = preview;
  return (
    <section className={`card ${styles.part}`}>
      <h2>{text.next}</h2>
      <p className="second">{text.about}</p>
      {answer?.refused ? (
        <Notice tone="wrong">{text.errors[answer.refused] ?? answer.refused}</Notice>
      ) : null}
      {latestDay < fromDay ? (
        <p>{text.nothingEnded(fromDay)}</p>
      ) : (
        <>
          <Form method="get" className={styles.pick}>
            <Field
              label={text.upTo}
              name="to"
              type="date"
              min={fromDay}
              max={latestDay}
              defaultValue={toDay}
              key={toDay}
              error={errors.toDay && (text.errors[errors.toDay] ?? errors.toDay)}
            />
            <button className="button outlined">{text.preview}</button>
          </Form>
          <h3>{text.period(fromDay, toDay)}</h3>
          <LineTable lines={lines} minutesPerClassHour={minutesPerClassHour} />
          <Form method="post" className={styles.confirm}>
            <input type="hidden" name="toDay" value={toDay} />
            <input type="hidden" name="number" value={number} />
            <input type="hidden" name="totalMs" value={totalMs} />
            <Field
              label={text.note}
              hint={text.noteHint}
              name="note"
              maxLength={200}
              error={errors.note && (text.errors[errors.note] ?? errors.note)}
            />
            <p>{text.confirm(fromDay, toDay, formatExactMs(totalMs))}</p>
            <div>
              <button className="button">{text.settle(lines.length)}</button>
            </div>
          </Form>
        </>
      )}
    </section>
  );
}
