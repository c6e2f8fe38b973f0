import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { Invalid } from '~/domain/shared/errors';
import {
  countClassSignals,
  hasSignals,
  listClassSignals,
} from '~/domain/signals/list-class-signals.server';
import { noteSignal } from '~/domain/signals/note-signal.server';
import { refreshClassSignals } from '~/domain/signals/refresh-class-signals.server';
import { SIGNAL_KINDS } from '~/domain/signals/signal';
import { signalFilterSchema, type SignalFilter } from '~/domain/signals/signal-filter';
import { signalNoteForm } from '~/domain/signals/signal-note-form';
import { getSignalStanding } from '~/domain/signals/signal-standing.server';
import { useText } from '~/i18n/locale';
import { signalMessages } from '~/i18n/messages/signals';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { IconDownload } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { Pager } from '~/ui/pager';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { SignalGroups } from './signal-groups';
import styles from './signals.module.css';

const PAGE = 50;

export const meta = pageTitle(signalMessages, (text) => text.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, settings } = context;
  const { id: classId } = await getManagedClass(db, viewer, params.classId ?? '');
  const filter = signalFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const counts = await countClassSignals(db, { classId, filter });
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const total = filter.kind === '' ? all : (counts.get(filter.kind) ?? 0);
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const page = Math.min(filter.page, pages);
  const range = { limit: PAGE, offset: (page - 1) * PAGE };
  const standing = await getSignalStanding(db, classId);
  const { servedSince } = standing;
  return {
    classId,
    filter,
    counts: SIGNAL_KINDS.map((kind) => ({ kind, count: counts.get(kind) ?? 0 })),
    all,
    any: await hasSignals(db, classId),
    total,
    page,
    pages,
    signals: await listClassSignals(db, viewer, { classId, filter, ...range }),
    standing,
    servedSince: servedSince === null ? null : dayAt(servedSince, settings.zone).day,
    zone: settings.zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { db, clock, settings } = context;
  const classId = params.classId ?? '';
  const now = clock.now();
  const fields = textFields(await request.formData());
  const answer = { errors: {} as Record<string, string>, signalId: '', found: '', noted: false };
  if (fields.intent === 'refresh') {
    const refreshed = await refreshClassSignals(db, viewer, { classId, zone: settings.zone, now });
    return data({ ...answer, refreshed });
  }
  try {
    await getManagedClass(db, viewer, classId);
    const note = parseFields(signalNoteForm, fields);
    await noteSignal(db, viewer, { classId, ...note, now });
    return data({ ...answer, noted: true, refreshed: null });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const { signalId = '', found = '' } = fields;
    const kept = { ...answer, signalId, found, refreshed: null };
    return data({ ...kept, errors: fieldErrors(error) }, 422);
  }
});

/** The query of the same view with a change, on its first page. */
function linkQuery(filter: SignalFilter, change: Partial<SignalFilter>): string {
  const { kind, show } = { ...filter, ...change };
  return new URLSearchParams({ ...(kind && { kind }), ...(show === 'all' && { show }) }).toString();
}

/** What is worth a look in a class, by learner, with its evidence; nothing here changes anybody's class hours. */
export default function Signals() {
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const text = useText(signalMessages);
  return (
    <div className={styles.page}>
      <p className={styles.intro}>{text.intro}</p>
      {result?.noted ? <Notice tone="done">{text.noted}</Notice> : null}
      {typeof result?.refreshed === 'number' ? (
        <Notice tone="done">{text.refreshed(result.refreshed)}</Notice>
      ) : null}
      <Standing />
      {page.any ? <Kinds /> : null}
      {page.signals.length > 0 ? (
        <SignalGroups signals={page.signals} zone={page.zone} refused={result} />
      ) : (
        <Nothing />
      )}
      <Pager page={page.page} pages={page.pages} total={page.total} />
      <section className={styles.limits}>
        <h2>{text.limits}</h2>
        <p>{text.limitsText}</p>
        {page.servedSince ? (
          <p className="small second">{text.servedSince(page.servedSince)}</p>
        ) : null}
      </section>
    </div>
  );
}

function Standing() {
  const { standing, zone, classId, filter, any, total } = useLoaderData<typeof loader>();
  const text = useText(signalMessages);
  const moment = useMoment(zone);
  const { learners, waiting, scannedAt } = standing;
  const says =
    learners === 0
      ? text.nobody
      : scannedAt === null
        ? text.notYet(learners)
        : text.standing(learners, waiting, moment(scannedAt));
  return (
    <div className={styles.filters}>
      <Form method="post" className={styles.standing}>
        <span className="second">{says}</span>
        <button className="button outlined" name="intent" value="refresh">
          {text.refresh}
        </button>
      </Form>
      <span className={styles.atEnd}>
        {any ? (
          <Link to={`?${linkQuery(filter, { show: filter.show === 'all' ? 'open' : 'all' })}`}>
            {filter.show === 'all' ? text.hideSeen : text.showAll}
          </Link>
        ) : null}
        {total > 0 ? (
          <a
            className="button outlined"
            href={`/manage/classes/${classId}/signals/export?${linkQuery(filter, {})}`}
          >
            <IconDownload size={18} aria-hidden="true" />
            {text.export(total)}
          </a>
        ) : null}
      </span>
    </div>
  );
}

function Kinds() {
  const { filter, counts, all } = useLoaderData<typeof loader>();
  const text = useText(signalMessages);
  return (
    <nav className={styles.filters} aria-label={text.kind}>
      <Link
        className="chip"
        to={`?${linkQuery(filter, { kind: '' })}`}
        aria-current={filter.kind === '' || undefined}
      >
        {text.count(text.all, all)}
      </Link>
      {counts
        .filter(({ kind, count }) => count > 0 || kind === filter.kind)
        .map(({ kind, count }) => (
          <Link
            key={kind}
            className="chip"
            to={`?${linkQuery(filter, { kind })}`}
            aria-current={filter.kind === kind || undefined}
          >
            {text.count(text.kinds[kind], count)}
          </Link>
        ))}
    </nav>
  );
}

function Nothing() {
  const { any } = useLoaderData<typeof loader>();
  const text = useText(signalMessages);
  return (
    <EmptyState drawing={any ? 'caliper' : 'kite'} title={any ? text.emptySeen : text.empty}>
      {any ? text.emptySeenText : text.emptyText}
    </EmptyState>
  );
}
