import type { ReactNode } from 'react';
import { cutAtMentions } from '~/domain/comments/mentions-in-words';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { useMoment } from '~/i18n/moment';
import { Avatar } from '~/ui/avatar';
import type { ShownComment, ShownThread } from '../api/lesson-comments';
import styles from './comments.module.css';

/** Who says something, for whom and when, and what. */
export function CommentLine(props: {
  by: ShownThread['by'];
  at: string;
  zone: string;
  /** After the time: what kind of thing was done. */
  did?: string;
  children: ReactNode;
}) {
  const { by, at, zone, did, children } = props;
  const moment = useMoment(zone);
  return (
    <div className={styles.said}>
      <Avatar name={by.name} organization={by.organization} />
      <div className={styles.words}>
        <p className={styles.who}>
          <b>{by.name}</b>
          <span className="second">{by.organization.name}</span>
          <span className="second">
            {moment(Date.parse(at))} {did}
          </span>
        </p>
        {children}
      </div>
    </div>
  );
}

/** The words of a comment, with those whom it calls. */
export function CommentWords({ comment }: { comment: ShownComment }) {
  const text = useText(commentMessages);
  if (comment.removed) return <p className="second">{text.removed}</p>;
  const pieces = cutAtMentions(comment.body, comment.mentions);
  const inWords = new Set(
    pieces.flatMap((one) => (typeof one === 'string' ? [] : one.called.name)),
  );
  return (
    <p className={styles.body}>
      {comment.mentions
        .filter(({ name }) => !inWords.has(name))
        .map(({ personId, name }) => (
          <span key={personId} className={styles.mention}>
            @{name}{' '}
          </span>
        ))}
      {pieces.map((piece, index) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <span key={index} className={styles.mention}>
            @{piece.called.name}
          </span>
        ),
      )}
    </p>
  );
}
