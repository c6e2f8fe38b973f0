import { useLoaderData } from '@remix-run/react';
import { listWaiting, type Waiting } from '~/domain/waiting/list-waiting.server';
import { WAITING_KINDS } from '~/domain/waiting/waiting-kinds';
import { useText } from '~/i18n/locale';
import { waitingMessages } from '~/i18n/messages/waiting';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { Pager } from '~/ui/pager';
import { signedIn } from '~/web/page.server';
import styles from './waiting.module.css';

export const meta = pageTitle(waitingMessages, (text) => text.title);

const PAGE = 20;

export const loader = signedIn(async ({ request, context, viewer }) => {
  const search = new URL(request.url).searchParams;
  const kind = WAITING_KINDS.find((one) => one === search.get('kind'));
  const { items, counts } = await listWaiting(context.db, viewer);
  const chosen = kind ? items.filter((one) => one.kind === kind) : items;
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(search.get('page')) || 1)));
  return {
    ...{ kind, counts, page, pages },
    total: chosen.length,
    all: items.length,
    items: chosen.slice((page - 1) * PAGE, page * PAGE),
    zone: context.settings.zone,
  };
});

/** What colleagues wait for: one list, whatever it is. */
export default function WaitingForMe() {
  const { kind, counts, all, items, page, pages, total, zone } = useLoaderData<typeof loader>();
  const text = useText(waitingMessages);
  const chip = (word: string, count: number, to: string, on: boolean) => (
    <Link key={to} className="chip" to={to} aria-current={on ? 'true' : undefined}>
      {text.counted(word, count)}
    </Link>
  );
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
      </div>
      <div className={`stack ${styles.page}`}>
        {all > 0 ? <p className="second">{text.lead}</p> : null}
        {all > 0 ? (
          <nav className={styles.filter} aria-label={text.filter}>
            {chip(text.all, all, '/teach/waiting', kind === undefined)}
            {WAITING_KINDS.map((one) =>
              chip(text.kinds[one], counts[one], `/teach/waiting?kind=${one}`, kind === one),
            )}
          </nav>
        ) : null}
        {items.length > 0 ? (
          <ol className={`plain ${styles.list}`}>
            {items.map((item) => (
              <Item key={`${item.kind} ${keyOf(item)}`} item={item} zone={zone} />
            ))}
          </ol>
        ) : (
          <Nothing filtered={all > 0} />
        )}
        <Pager page={page} pages={pages} total={total} />
      </div>
    </>
  );
}

const keyOf = (item: Waiting) =>
  'threadId' in item ? item.threadId : `${item.courseId} ${item.at}`;

function Nothing({ filtered }: { filtered: boolean }) {
  const text = useText(waitingMessages);
  return (
    <EmptyState
      drawing={filtered ? 'caliper' : 'kite'}
      title={filtered ? text.emptyKind : text.empty}
      actions={
        <Link className="button outlined" to={filtered ? '/teach/waiting' : '/teach/courses'}>
          {filtered ? text.showAll : text.toCourses}
        </Link>
      }
    >
      {filtered ? text.emptyKindText : text.emptyText}
    </EmptyState>
  );
}

const addressOf = (item: Waiting): string => {
  if (item.kind === 'invitation') return '/manage/partnerships';
  const course = `/teach/courses/${item.courseId}`;
  if (item.kind === 'sign-off') return `${course}/publication`;
  return `${course}/lessons/${item.lessonId}#thread-${item.threadId}`;
};

function Item({ item, zone }: { item: Waiting; zone: string }) {
  const text = useText(waitingMessages);
  const moment = useMoment(zone);
  const isThread = item.kind === 'suggestion' || item.kind === 'thread';
  return (
    <li className={styles.item}>
      <div className={styles.what}>
        <p className={styles.head}>
          <Badge tone={isThread ? 'transit' : 'pending'} plainWord>
            {text.kinds[item.kind]}
          </Badge>
          <span className="second small">
            {isThread ? item.courseTitle : null} {moment(item.at)}
          </span>
        </p>
        <Words item={item} />
      </div>
      <Link className="button outlined" to={addressOf(item)}>
        {text.open[item.kind]}
      </Link>
    </li>
  );
}

/** Who wants what, in one or two lines. */
function Words({ item }: { item: Waiting }) {
  const text = useText(waitingMessages);
  if (item.kind === 'sign-off') {
    return (
      <>
        <p>
          <b>{item.courseTitle}</b> {text.signs(item.number)}
        </p>
        <p className="second">
          {item.name} {text.asked}
        </p>
      </>
    );
  }
  if (item.kind === 'invitation') {
    return (
      <>
        <b>{item.title}</b>
        <p className="second">
          {item.leadName} {text.invites(item.organizationName)}
        </p>
      </>
    );
  }
  const suggests = item.kind === 'suggestion';
  return (
    <>
      <p>
        <b>{item.name}</b> <span className="second">{item.organization}</span>{' '}
        {suggests ? text.suggests(item.lessonTitle) : text.spoke(item.lessonTitle)}
      </p>
      {suggests ? (
        <p className={styles.words}>
          {item.quote ? <del>{item.quote}</del> : null} <ins>{item.replacement}</ins>
        </p>
      ) : null}
      {item.body ? <p className={styles.words}>{item.body}</p> : null}
    </>
  );
}
