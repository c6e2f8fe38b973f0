import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { arrangeLearners, LEARNER_FILTERS } from '~/domain/classes/learner-table';
import { enrollLearner } from '~/domain/classes/enroll-learner.server';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { listClassLearners } from '~/domain/classes/list-class-learners.server';
import { sendMessage } from '~/domain/classes/send-message.server';
import { withdrawLearner } from '~/domain/classes/withdraw-learner.server';
import { Conflict, Invalid, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { pageTitle } from '~/i18n/page-title';
import { CellRow } from '~/ui/cell-row';
import { EmptyState } from '~/ui/empty-state';
import { Field, TextField } from '~/ui/field';
import { IconDownload, IconSend } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { Pager } from '~/ui/pager';
import { fieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { LearnerRows } from './learner-rows';
import { linkQuery } from './link-query';
import { readLearnerTable } from './read-tables.server';
import styles from './classes.module.css';

const PAGE = 50;

export const meta = pageTitle(classMessages, (text) => text.tabs.learners);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const trainingClass = await getManagedClass(context.db, viewer, params.classId ?? '');
  const { table, page } = readLearnerTable(new URL(request.url).searchParams);
  const all = await listClassLearners(context.db, trainingClass.id);
  const shown = arrangeLearners(all, table);
  const inClass = arrangeLearners(all, { ...table, filter: 'in-class', search: '' });
  return {
    table,
    page,
    classId: trainingClass.id,
    capacity: trainingClass.capacity,
    inClass: inClass.length,
    completed: inClass.filter((one) => one.status === 'completed').length,
    any: all.length > 0,
    rows: shown.slice((page - 1) * PAGE, page * PAGE),
    total: shown.length,
    pages: Math.ceil(shown.length / PAGE),
    zone: context.settings.zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const classId = params.classId ?? '';
  const form = await request.formData();
  const now = context.clock.now();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const none: Record<string, string> = {};
  const answer = { errors: none, body: '', sent: 0, withdrew: '', restored: '', enrollmentId: '' };
  const whoIs = async (enrollmentId: string) => {
    const all = await listClassLearners(context.db, classId);
    const found = all.find((one) => one.enrollmentId === enrollmentId);
    if (!found) throw new NotFound();
    return found;
  };
  try {
    if (form.has('withdraw')) {
      const enrollmentId = text('withdraw');
      const zone = context.settings.zone;
      await withdrawLearner(context.db, viewer, { classId, enrollmentId, now, zone });
      const { name } = await whoIs(enrollmentId);
      return data({ ...answer, withdrew: name, enrollmentId });
    }
    if (form.has('restore')) {
      await getManagedClass(context.db, viewer, classId);
      const { personId, name } = await whoIs(text('restore'));
      const byPersonId = viewer.personId;
      await context.db
        .transaction()
        .execute((trx) => enrollLearner(trx, { classId, personId, byPersonId, now }));
      return data({ ...answer, restored: name });
    }
    const enrollmentIds = form.getAll('enrollmentIds').map(String);
    const input = { classId, enrollmentIds, body: text('body'), now };
    return data({ ...answer, sent: await sendMessage(context.db, viewer, input) });
  } catch (error) {
    const kept = { ...answer, body: text('body') };
    const faults: Record<string, string> = {};
    if (error instanceof Invalid) Object.assign(faults, fieldErrors(error));
    else if (error instanceof Conflict) faults.form = error.type;
    else throw error;
    return data({ ...kept, errors: faults }, error instanceof Invalid ? 422 : 409);
  }
});

export default function Learners() {
  const page = useLoaderData<typeof loader>();
  const { table, classId, capacity, inClass, completed, rows, total } = page;
  const messages = useText(classMessages);
  const text = messages.learners;
  if (!page.any) {
    const base = `/manage/classes/${classId}`;
    return (
      <EmptyState
        title={text.empty}
        actions={
          <>
            <Link className="button" to={`${base}/roster`}>
              {text.toRoster}
            </Link>
            <Link className="button outlined" to={`${base}/applications`}>
              {text.toApplications}
            </Link>
          </>
        }
      >
        {text.emptyText}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.outcome}>
        <Outcome />
      </div>
      <div className={styles.places}>
        <span className="split">
          <b>{text.barText(inClass, capacity)}</b>
          <span className="second">{text.barDone(completed)}</span>
        </span>
        <CellRow full={inClass} total={capacity} label={text.bar(inClass, completed, capacity)} />
      </div>
      <div className={styles.filters}>
        <nav className={styles.choices} aria-label={text.status}>
          {LEARNER_FILTERS.map((filter) => (
            <Link
              key={filter}
              className="chip"
              to={`?${linkQuery(table, { filter })}`}
              aria-current={filter === table.filter ? 'true' : undefined}
            >
              {text.filters[filter]}
            </Link>
          ))}
        </nav>
        <Form method="get" role="search" className={styles.search}>
          <input type="hidden" name="filter" value={table.filter} />
          <Field label={text.search} name="search" type="search" defaultValue={table.search} />
          <button className="button outlined">{text.find}</button>
        </Form>
        <a
          className={`button outlined ${styles.atEnd}`}
          href={`/manage/classes/${classId}/export?${linkQuery(table, {})}`}
        >
          <IconDownload size={18} aria-hidden="true" />
          {text.export(total)}
        </a>
      </div>
      {rows.length === 0 ? (
        <EmptyState
          drawing="caliper"
          title={text.noMatch}
          actions={
            <Link className="button outlined" to="?">
              {text.showAll}
            </Link>
          }
        >
          {text.noMatchText}
        </EmptyState>
      ) : (
        <Chooser />
      )}
      <Pager page={page.page} pages={page.pages} total={total} />
    </>
  );
}

/** The rows with the message to those selected among them: one form, so that it works without script. */
function Chooser() {
  const page = useLoaderData<typeof loader>();
  const messages = useText(classMessages);
  const text = messages.learners;
  const result = useActionData<typeof action>();
  const [chosen, setChosen] = useState<string[] | null>(null);
  const all = page.rows.map((row) => row.enrollmentId);
  const error = result?.errors.body ?? result?.errors.enrollmentIds;
  return (
    <Form
      method="post"
      className={styles.stackWide}
      key={`${page.page} ${page.table.filter} ${result?.sent ?? 0}`}
      onChange={(event) => {
        const form = new FormData(event.currentTarget);
        setChosen(form.getAll('enrollmentIds').map(String));
      }}
    >
      <LearnerRows
        rows={page.rows}
        table={page.table}
        zone={page.zone}
        chosen={chosen}
        onChooseAll={(checked) => setChosen(checked ? all : [])}
        onChoose={(id, checked) =>
          setChosen((before) =>
            checked ? [...(before ?? []), id] : (before ?? []).filter((one) => one !== id),
          )
        }
      />
      <div className={`card ${styles.message}`}>
        <TextField
          label={text.message}
          name="body"
          rows={2}
          hint={text.messageHint}
          defaultValue={result?.body ?? ''}
          error={error ? messages.errors[error] : undefined}
        />
        <button className="button" name="intent" value="message">
          <IconSend size={18} aria-hidden="true" />
          {chosen === null || chosen.length === 0 ? text.send : text.sendTo(chosen.length)}
        </button>
      </div>
    </Form>
  );
}

function Outcome() {
  const messages = useText(classMessages);
  const text = messages.learners;
  const result = useActionData<typeof action>();
  if (!result) return null;
  const fault = result.errors.form;
  if (fault) return <Notice tone="wrong">{messages.errors[fault] ?? fault}</Notice>;
  if (result.sent > 0) return <Notice tone="done">{text.sent(result.sent)}</Notice>;
  if (result.restored) return <Notice tone="done">{text.restored(result.restored)}</Notice>;
  if (!result.withdrew) return null;
  return (
    <Notice tone="pending">
      <Form method="post" className="row">
        {text.withdrew(result.withdrew)}
        <button className="button outlined" name="restore" value={result.enrollmentId}>
          {text.restore}
        </button>
      </Form>
    </Notice>
  );
}
