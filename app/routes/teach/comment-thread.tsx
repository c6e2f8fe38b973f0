import { useState, type CSSProperties, type ReactNode } from 'react';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { useMoment } from '~/i18n/moment';
import { Notice } from '~/ui/notice';
import { organizationColor } from '~/ui/organization-mark';
import type { ShownComment, ShownThread } from '../api/lesson-comments';
import { CommentForm } from './comment-form';
import { CommentLine, CommentWords } from './comment-line';
import type { CommentFault, CommentRequest } from './send-comment';
import type { Comments } from './use-comments';
import styles from './comments.module.css';

export interface ThreadProps {
  thread: ShownThread;
  comments: Comments;
  selfId: string;
  zone: string;
  /** What it is about, above the words. */
  about?: ReactNode;
  /** Of a suggestion: what its place reads now where that is no longer the quote; null where the place is gone. */
  present?: string | null;
}

/** A thread with all that can be done to it. */
export function CommentThread(props: ThreadProps) {
  const { thread, comments, selfId, zone, about, present } = props;
  const { said, send } = comments;
  const text = useText(commentMessages);
  const [replying, setReplying] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CommentFault>();
  const path = `/api/comment-threads/${thread.id}`;
  const act = async (request: CommentRequest) => {
    if (busy) return;
    setBusy(true);
    setFault(await send(request));
    setBusy(false);
  };
  const suggests = thread.replacement !== null;
  const [first, ...replies] = thread.comments;
  // The reason of a suggestion is its first comment, when the same person gave it with it.
  const reason =
    suggests && first?.by.personId === thread.by.personId && first.writtenAt === thread.createdAt;
  const rest = suggests ? (reason ? replies : thread.comments) : replies;
  const line = (comment: ShownComment, did?: string) => (
    <CommentLine
      key={comment.id}
      by={comment.by}
      at={comment.writtenAt}
      zone={zone}
      {...(did ? { did } : {})}
    >
      <CommentWords comment={comment} />
      <RemoveOwn {...{ comment, selfId, zone, act }} />
    </CommentLine>
  );
  return (
    <article
      className={suggests ? `${styles.thread} ${styles.suggestion}` : styles.thread}
      style={{ '--by': organizationColor(thread.by.organization) } as CSSProperties}
      aria-label={`${suggests ? text.suggest : text.comment} ${thread.by.name}`}
      data-thread={thread.id}
      tabIndex={-1}
    >
      {about}
      {suggests && !reason ? (
        <CommentLine by={thread.by} at={thread.createdAt} zone={zone} did={text.suggested}>
          <Change thread={thread} />
        </CommentLine>
      ) : null}
      {first && (reason || !suggests) ? line(first, suggests ? text.suggested : undefined) : null}
      {suggests && reason && present !== undefined ? <Change thread={thread} /> : null}
      {rest.map((comment) => line(comment))}
      {present !== undefined && thread.decided === null ? (
        <Notice tone="pending">
          {text.outdated} {present === null ? text.placeGone : text.readsNow(present)}
        </Notice>
      ) : null}
      {fault ? <Fault fault={fault} /> : null}
      <Settled thread={thread} zone={zone} />
      {replying ? (
        <CommentForm
          label={text.reply}
          submit={text.submitReply}
          people={said?.people.filter(({ personId }) => personId !== selfId) ?? []}
          send={(body) => send({ path: `${path}/replies`, method: 'POST', body })}
          done={() => setReplying(false)}
          cancel={() => setReplying(false)}
        />
      ) : (
        <div className={styles.actions}>
          <Decisions
            {...{ thread, selfId, act, busy }}
            outdated={present !== undefined}
            mayDecide={said?.mayDecide ?? false}
          />
          <button type="button" className="button text" onClick={() => setReplying(true)}>
            {text.reply}
          </button>
          {!suggests || thread.decided ? (
            <button
              type="button"
              className="button text"
              onClick={() => {
                const body = { resolved: thread.resolved === null };
                void act({ path: `${path}/resolution`, method: 'PUT', body });
              }}
            >
              {thread.resolved ? text.reopen : text.resolve}
            </button>
          ) : null}
        </div>
      )}
    </article>
  );
}

type Act = (request: CommentRequest) => Promise<void>;

/** What is done to a suggestion, by those who may. */
function Decisions(props: {
  thread: ShownThread;
  selfId: string;
  mayDecide: boolean;
  outdated: boolean;
  busy: boolean;
  act: Act;
}) {
  const { thread, selfId, mayDecide, outdated, busy, act } = props;
  const text = useText(commentMessages);
  if (thread.replacement === null || thread.decided) return null;
  const button = (outcome: string, word: string) => (
    <button
      type="button"
      className="button outlined"
      aria-disabled={busy}
      onClick={() => {
        const path = `/api/comment-threads/${thread.id}/decision`;
        const changesText = outcome === 'accepted';
        void act({ path, method: 'POST', body: { outcome }, changesText });
      }}
    >
      {word}
    </button>
  );
  return (
    <>
      {mayDecide && !outdated ? button('accepted', text.accept) : null}
      {mayDecide ? button('rejected', text.reject) : null}
      {thread.by.personId === selfId ? button('withdrawn', text.withdraw) : null}
    </>
  );
}

/** What is suggested, in words: where the text itself does not show it. */
export function Change({ thread }: { thread: ShownThread }) {
  const text = useText(commentMessages);
  const quote = thread.anchor.kind === 'text' ? thread.anchor.quote : '';
  return (
    <p className={styles.body}>
      {quote ? (
        <>
          <span className="visually-hidden">{text.deletes}</span> <del>{quote}</del>{' '}
        </>
      ) : null}
      {thread.replacement ? (
        <>
          <span className="visually-hidden">{quote ? text.inserts : text.adds}</span>{' '}
          <ins>{thread.replacement}</ins>
        </>
      ) : null}
    </p>
  );
}

function RemoveOwn(props: { comment: ShownComment; selfId: string; zone: string; act: Act }) {
  const { comment, selfId, zone, act } = props;
  const text = useText(commentMessages);
  const moment = useMoment(zone);
  if (comment.removed || comment.by.personId !== selfId) return null;
  return (
    <button
      type="button"
      className={styles.remove}
      aria-label={text.removeNamed(moment(Date.parse(comment.writtenAt)))}
      onClick={() => void act({ path: `/api/comments/${comment.id}`, method: 'DELETE' })}
    >
      {text.remove}
    </button>
  );
}

/** How it ended, and by whom. */
function Settled({ thread, zone }: { thread: ShownThread; zone: string }) {
  const text = useText(commentMessages);
  const moment = useMoment(zone);
  const { decided, resolved } = thread;
  return (
    <>
      {decided ? (
        <p className="small second">
          {text.outcomes[decided.outcome](decided.name)} {moment(Date.parse(decided.at))}
        </p>
      ) : null}
      {resolved ? (
        <p className="small second">
          {text.resolvedBy(resolved.name)} {moment(Date.parse(resolved.at))}
        </p>
      ) : null}
    </>
  );
}

/** What went wrong; where the text has changed under a suggestion, all three readings of it. */
function Fault({ fault }: { fault: CommentFault }) {
  const text = useText(commentMessages);
  const { conflict } = text;
  if (fault.kind !== 'text-changed' || !fault.sides) {
    return <Notice tone="wrong">{text.faults[fault.kind]}</Notice>;
  }
  const { quote, present, replacement } = fault.sides;
  return (
    <Notice tone="wrong">
      <p>{conflict.lead}</p>
      <dl className={styles.sides}>
        <dt>{conflict.quote}</dt>
        <dd>{quote}</dd>
        <dt>{conflict.present}</dt>
        <dd>{present ?? text.placeGone}</dd>
        <dt>{conflict.proposal}</dt>
        <dd>{replacement}</dd>
      </dl>
    </Notice>
  );
}
