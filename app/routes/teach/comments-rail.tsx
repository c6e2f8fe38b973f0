import { useLocation } from '@remix-run/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { IconMessageCircle, IconPlayerPlay } from '~/ui/icons';
import type { ShownThread } from '../api/lesson-comments';
import { CommentForm } from './comment-form';
import type { Placed } from './comment-marks';
import { Change, CommentThread } from './comment-thread';
import type { Comments } from './use-comments';
import styles from './comments.module.css';

interface Given {
  comments: Comments;
  /** Which ranges the open text has found; undefined until it is open. */
  placed: Placed | undefined;
  selfId: string;
  zone: string;
  /** Shows a moment of the lesson's video. */
  onMoment: (momentMs: number) => void;
}

const isOpen = ({ decided, resolved, replacement }: ShownThread) =>
  replacement === null ? resolved === null : decided === null;

/** Beside the lesson: everything that is said about it, but for suggestions that stand in the text. */
export function CommentsRail(props: Given) {
  const { comments, placed, selfId } = props;
  const { said, send, lessonId } = comments;
  const text = useText(commentMessages);
  const [writing, setWriting] = useState(false);
  useThreadOfAddress(said, placed);
  if (!said) return null;
  const open = said.threads.filter(isOpen);
  const settled = said.threads.filter((thread) => !isOpen(thread));
  const listed = open.filter(
    ({ id, replacement }) => replacement === null || (placed && !placed.has(id)),
  );
  return (
    <section className={styles.rail} aria-label={text.title}>
      <div className="split">
        <h2>{text.title}</h2>
        {open.length > 0 ? <span className="small second">{text.count(open.length)}</span> : null}
      </div>
      {said.threads.length === 0 ? <p className="small second">{text.nothing}</p> : null}
      {listed.map((thread) => (
        <RailThread key={thread.id} {...props} thread={thread} />
      ))}
      {writing ? (
        <div className={styles.card}>
          <CommentForm
            label={text.wholeLesson}
            submit={text.submitComment}
            people={said.people.filter(({ personId }) => personId !== selfId)}
            send={(words) =>
              send({
                path: `/api/lessons/${lessonId}/comments`,
                method: 'POST',
                body: { anchor: { kind: 'lesson' }, ...words },
              })
            }
            done={() => setWriting(false)}
            cancel={() => setWriting(false)}
          />
        </div>
      ) : (
        <button type="button" className="button outlined" onClick={() => setWriting(true)}>
          <IconMessageCircle size={18} aria-hidden="true" />
          {text.wholeLesson}
        </button>
      )}
      {settled.length > 0 ? (
        <details>
          <summary className="small">{text.settled(settled.length)}</summary>
          <div className={styles.rail}>
            {settled.map((thread) => (
              <RailThread key={thread.id} {...props} thread={thread} />
            ))}
          </div>
        </details>
      ) : null}
    </section>
  );
}

/** The thread that the address names is shown once, as soon as it is there. */
function useThreadOfAddress(said: unknown, placed: unknown): void {
  const { hash } = useLocation();
  const shown = useRef('');
  useEffect(() => {
    if (shown.current === hash || !hash.startsWith('#thread-')) return;
    if (showThread(hash.slice('#thread-'.length))) shown.current = hash;
  }, [said, placed, hash]);
}

/** Leads to the card of a thread, beside the lesson or in its text; answers whether there is one. */
export function showThread(threadId: string): boolean {
  const card = document.querySelector<HTMLElement>(`[data-thread="${CSS.escape(threadId)}"]`);
  card?.scrollIntoView({ block: 'center' });
  card?.focus({ preventScroll: true });
  return card !== null;
}

function RailThread(props: Given & { thread: ShownThread }) {
  const { thread, placed } = props;
  const gone = thread.replacement !== null && thread.decided === null && placed !== undefined;
  return (
    <CommentThread {...props} about={<About {...props} />} {...(gone ? { present: null } : {})} />
  );
}

/** What a thread is about, with the way there. */
function About({ thread, placed, onMoment }: Given & { thread: ShownThread }): ReactNode {
  const text = useText(commentMessages);
  const { anchor, id } = thread;
  if (anchor.kind === 'lesson') return <p className="small second">{text.onLesson}</p>;
  if (anchor.kind === 'video') {
    const time = clockTime(anchor.momentMs);
    return (
      <button
        type="button"
        className={styles.about}
        aria-label={text.play(time)}
        onClick={() => onMoment(anchor.momentMs)}
      >
        <IconPlayerPlay size={16} aria-hidden="true" />
        {text.onMoment(time)}
      </button>
    );
  }
  if (thread.replacement !== null && thread.decided) return <Change thread={thread} />;
  if (!placed?.has(id)) return <blockquote className={styles.quote}>{anchor.quote}</blockquote>;
  return (
    <button
      type="button"
      className={styles.quote}
      title={text.showInText}
      onClick={() => {
        document.querySelector(`[data-comment="${id}"]`)?.scrollIntoView({ block: 'center' });
      }}
    >
      {anchor.quote}
    </button>
  );
}
