import { useEffect, useRef, useState } from 'react';
import type { LessonDraft } from '~/domain/courses/lesson-draft.server';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { teachMessages } from '~/i18n/messages/teach';
import { Badge } from '~/ui/badge';
import { IconAlertCircle, IconPlayerPlay } from '~/ui/icons';
import { Link } from '~/ui/link';
import type { EditorData } from './editor';
import type { LessonAnswer } from './lesson-action.server';
import { MomentComment } from './moment-comment';
import { PosterPicker } from './poster-picker';
import styles from './editor.module.css';
import type { Comments } from './use-comments';
import { Preview } from './video-preview';

const usable = (state: string) => state === 'playable' || state === 'ready';

/** A moment of the video that somebody has asked for; each asking is one of its own. */
export interface SoughtMoment {
  ms: number;
}

/** The lesson's video: how far it is, a look at it, and what became of an attempt to replace it. */
export function LessonVideo(props: {
  lesson: LessonDraft;
  editor: EditorData;
  answer: LessonAnswer | undefined;
  comments: Comments;
  selfId: string;
  /** Where somebody wants to look. */
  moment: SoughtMoment | undefined;
  mayEdit: boolean;
}) {
  const { lesson, editor, answer, comments, selfId, moment, mayEdit } = props;
  const fault = answer?.errors.mediaId;
  const text = useText(teachMessages);
  const [watching, setWatching] = useState(false);
  const section = useRef<HTMLElement>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  useEffect(() => {
    if (moment) {
      setWatching(true);
      section.current?.scrollIntoView({ block: 'nearest' });
    }
    if (!moment || !video) return;
    const seek = () => (video.currentTime = moment.ms / 1000);
    if (video.readyState > 0) return void seek();
    video.addEventListener('loadedmetadata', seek, { once: true });
    return () => video.removeEventListener('loadedmetadata', seek);
  }, [moment, video]);
  const words = useText(captionMessages);
  const { media } = lesson;
  const place = `/teach/courses/${editor.courseId}/lessons/${lesson.id}`;
  const details = editor.media.find((one) => one.id === media?.id);
  return (
    <section ref={section} className={styles.media} aria-label={text.lesson.video}>
      {media && watching ? (
        <Preview
          playing
          mediaId={media.id}
          label={lesson.title}
          captions={details?.captions ?? []}
          onVideo={setVideo}
        />
      ) : null}
      {media && watching && video ? (
        <MomentComment mediaId={media.id} {...{ video, comments, selfId }} />
      ) : null}
      {media && usable(media.state) && !watching ? (
        <img
          className={styles.poster}
          src={`/media/${media.id}/poster.jpg?${details?.poster ?? 0}`}
          alt=""
        />
      ) : null}
      <div className={styles.mediaWords}>
        {media ? (
          <>
            <b>{media.filename}</b>
            <p className="second">
              {usable(media.state) ? clockTime(media.durationMs) : null}{' '}
              {details?.heights.map((height) => `${height}p `)}
            </p>
            <Badge
              tone={usable(media.state) ? 'done' : media.state === 'refused' ? 'wrong' : 'transit'}
            >
              {text.editor.states[media.state]}
            </Badge>
            {media.state === 'refused' ? <p className="small">{text.lesson.refused}</p> : null}
            {media.state === 'received' || media.state === 'converting' ? (
              <p className="small second">{text.lesson.converting}</p>
            ) : null}
          </>
        ) : (
          <p>{mayEdit ? text.lesson.noVideo : text.editor.noVideo}</p>
        )}
      </div>
      {media && usable(media.state) && !watching ? (
        <button type="button" className="button outlined" onClick={() => setWatching(true)}>
          <IconPlayerPlay size={18} aria-hidden="true" />
          {text.lesson.watch}
        </button>
      ) : null}
      {media && usable(media.state) ? (
        <div className="row">
          <Link className="button text" to={`${place}/captions`}>
            {words.title}
          </Link>
          <Link className="button text" to={`${place}/sections`}>
            {words.sections.title}
          </Link>
        </div>
      ) : null}
      {details && details.posters > 1 && mayEdit && details.own && !watching ? (
        <PosterPicker key={details.id} media={details} answer={answer} />
      ) : null}
      {fault ? (
        <p className="form-error" role="alert">
          <IconAlertCircle size={18} aria-hidden="true" />
          {text.lesson.refusedFile}
        </p>
      ) : null}
    </section>
  );
}
