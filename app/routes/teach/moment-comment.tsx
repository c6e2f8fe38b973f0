import { useState } from 'react';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { IconMessageCircle } from '~/ui/icons';
import { CommentForm } from './comment-form';
import type { Comments } from './use-comments';
import styles from './comments.module.css';

/** Below the playing video: says something about the moment it has come to. */
export function MomentComment(props: {
  mediaId: string;
  video: HTMLVideoElement;
  comments: Comments;
  selfId: string;
}) {
  const { mediaId, video, comments, selfId } = props;
  const { said, send, lessonId } = comments;
  const text = useText(commentMessages);
  const [momentMs, setMoment] = useState<number>();
  if (momentMs === undefined) {
    const begin = () => {
      video.pause();
      setMoment(Math.round(video.currentTime * 1000));
    };
    return (
      <div className={styles.moment}>
        <button type="button" className="button outlined" onClick={begin}>
          <IconMessageCircle size={18} aria-hidden="true" />
          {text.atMoment}
        </button>
      </div>
    );
  }
  return (
    <div className={`${styles.moment} ${styles.card}`}>
      <CommentForm
        label={text.onMoment(clockTime(momentMs))}
        submit={text.submitComment}
        people={said?.people.filter(({ personId }) => personId !== selfId) ?? []}
        send={(words) =>
          send({
            path: `/api/lessons/${lessonId}/comments`,
            method: 'POST',
            body: { anchor: { kind: 'video', mediaId, momentMs }, ...words },
          })
        }
        done={() => setMoment(undefined)}
        cancel={() => setMoment(undefined)}
      />
    </div>
  );
}
