import { Form, useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { formatExact } from '~/domain/class-hours/figures';
import { useLocale, useText } from '~/i18n/locale';
import { classRulesMessages } from '~/i18n/messages/class-rules';
import { classMessages } from '~/i18n/messages/classes';
import { CellRow } from '~/ui/cell-row';
import { TextField } from '~/ui/field';
import { IconDownload } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { Pager } from '~/ui/pager';
import { TableScroll } from '~/ui/table-scroll';
import { hours } from '../class-hours/report-table';
import { signedExact } from './signed-exact';
import type { action, loader } from './rules';
import styles from './rules.module.css';

const LOOK_AGAIN_MS = 1000;

/** A what-if or a recount: how far it is, then what becomes of each learner, and the decision. */
export function RecountResult() {
  const { recount, classId } = useLoaderData<typeof loader>();
  const text = useText(classRulesMessages);
  const name = useName();
  if (!recount) return null;
  const { state, version, fromDay, sums } = recount;
  const applied = state === 'applied' || state === 'applying';
  return (
    <section className="stack" aria-labelledby="recount-title">
      <div className="split">
        <h2 id="recount-title">
          {(applied ? text.result.applied : text.result.asked)(name, version, fromDay)}
        </h2>
        {sums.rows > 0 && (state === 'asked' || state === 'applied') ? (
          <a
            className="button outlined"
            href={`/manage/classes/${classId}/rules/export?recount=${recount.id}`}
          >
            <IconDownload size={18} aria-hidden="true" />
            {text.result.export(sums.rows)}
          </a>
        ) : null}
      </div>
      {state === 'asked' || state === 'applied' ? <Outcome /> : <Progress />}
      {state === 'asked' ? <Decision /> : null}
    </section>
  );
}

function useName(): string {
  const { recount } = useLoaderData<typeof loader>();
  const locale = useLocale();
  return (locale === 'zh' ? recount?.name : recount?.nameEn) ?? '';
}

function Progress() {
  const { recount } = useLoaderData<typeof loader>();
  const text = useText(classRulesMessages).progress;
  const { revalidate } = useRevalidator();
  const running = recount?.state === 'asking' || recount?.state === 'applying';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(revalidate, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, revalidate]);
  if (!recount) return null;
  const { counted, learners, state } = recount;
  if (state === 'stopped') {
    return (
      <Notice tone="wrong">
        <p>{text.stopped}</p>
        <Form method="post">
          <input type="hidden" name="recountId" value={recount.id} />
          <button className="button" name="intent" value="resume">
            {text.resume}
          </button>
        </Form>
      </Notice>
    );
  }
  return (
    <div className={`card stack ${styles.progress}`} role="status">
      <b>
        {state === 'applying' ? text.applying(counted, learners) : text.asking(counted, learners)}
      </b>
      {learners > 0 ? <CellRow full={counted} total={learners} label={text.label} /> : null}
      <p className="second">{text.keep}</p>
      <noscript>
        <Link to={`?recount=${recount.id}`} reloadDocument>
          {text.refresh}
        </Link>
      </noscript>
    </div>
  );
}

function Outcome() {
  const { recount, rows, page, pages } = useLoaderData<typeof loader>();
  const text = useText(classRulesMessages).result;
  const statuses = useText(classMessages).statuses;
  if (!recount) return null;
  const { sums } = recount;
  if (sums.more + sums.less === 0 && sums.elsewhereMs === 0) {
    return (
      <Notice tone="plain">
        <b>{text.none}</b>
        <p>{text.noneText}</p>
      </Notice>
    );
  }
  const tied = rows.some((row) => row.elsewhereMs !== 0) || sums.elsewhereMs !== 0;
  return (
    <>
      <p>{text.changes(sums.more, sums.less, sums.rows - sums.more - sums.less)}</p>
      {sums.below > 0 ? <Notice tone="pending">{text.below(sums.below)}</Notice> : null}
      {tied ? <p className="small second">{text.elsewhere}</p> : null}
      <div className={`card ${styles.table}`}>
        <TableScroll label={text.sheet}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.name}</th>
                <th scope="col">{text.status}</th>
                <th scope="col" className="number">
                  {text.before}
                </th>
                <th scope="col" className="number">
                  {text.after}
                </th>
                <th scope="col" className="number">
                  {text.change}
                </th>
                {tied ? (
                  <th scope="col" className="number">
                    {text.elsewhereMs}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.personId}>
                  <th scope="row" className="nowrap">
                    <Link to={`/manage/class-hours/enrollments/${row.enrollmentId}`}>
                      {row.name}
                    </Link>
                  </th>
                  <td className="nowrap">{statuses[row.status]}</td>
                  <Figure ms={row.beforeMs} classHours={row.beforeClassHours} />
                  <Figure ms={row.afterMs} classHours={row.afterClassHours} />
                  <td className="number">
                    <b>{signedExact(row.afterMs - row.beforeMs)}</b>
                  </td>
                  {tied ? <td className="number">{signedExact(row.elsewhereMs)}</td> : null}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>
                  {text.total} <span className="second small">{text.totalOf(sums.rows)}</span>
                </th>
                <td className="number">{formatExact(sums.beforeMs)}</td>
                <td className="number">{formatExact(sums.afterMs)}</td>
                <td className="number">{signedExact(sums.afterMs - sums.beforeMs)}</td>
                {tied ? <td className="number">{signedExact(sums.elsewhereMs)}</td> : null}
              </tr>
            </tfoot>
          </table>
        </TableScroll>
      </div>
      <Pager page={page} pages={pages} total={sums.rows} />
    </>
  );
}

function Figure(props: { ms: number; classHours: number }) {
  const text = useText(classRulesMessages).result;
  return (
    <td className="number">
      {formatExact(props.ms)}
      <span className={styles.hours}>
        {hours(props.classHours)} {text.classHours}
      </span>
    </td>
  );
}

function Decision() {
  const { recount } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const messages = useText(classRulesMessages);
  const text = messages.apply;
  const name = useName();
  if (!recount) return null;
  return (
    <Form method="post" className={`card stack ${styles.decision}`}>
      <h3>{text.title}</h3>
      <input type="hidden" name="recountId" value={recount.id} />
      <TextField
        label={text.reason}
        name="reason"
        rows={2}
        hint={text.reasonHint}
        defaultValue={result?.fields.reason ?? ''}
        error={messages.errors[result?.errors.reason ?? '']}
        required
      />
      <p className="small second">{text.irreversible}</p>
      <div className="row">
        <button className="button" name="intent" value="apply">
          {text.submit(name, recount.version)}
        </button>
      </div>
    </Form>
  );
}
