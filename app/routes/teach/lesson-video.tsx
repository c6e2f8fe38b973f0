import { Form } from '@remix-run/react';
import { useState } from 'react';
import type { LessonDraft } from '~/domain/courses/lesson-draft.server';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { Badge } from '~/ui/badge';
import { SelectField } from '~/ui/field';
import { IconAlertCircle, IconPlayerPlay } from '~/ui/icons';
import type { EditorData } from './editor';
import styles from './editor.module.css';
import { Preview } from './video-preview';

const usable = (state: string) => state === 'playable' || state === 'ready';

/** The lesson's video: how far it is, a look at it, and the choice of another one of the course. */
export function LessonVideo(props: {
  lesson: LessonDraft;
  editor: EditorData;
  fault: string | undefined;
}) {
  const { lesson, editor, fault } = props;
  const text = useText(teachMessages);
  const [watching, setWatching] = useState(false);
  const { media } = lesson;
  const details = editor.media.find((one) => one.id === media?.id);
  const others = editor.media.filter((one) => one.id !== media?.id && one.state !== 'refused');
  return (
    <section className={styles.media} aria-label={text.lesson.video}>
      {media && watching ? (
        <Preview mediaId={media.id} label={lesson.title} captions={details?.captions ?? []} />
      ) : null}
      {media && usable(media.state) && !watching ? (
        <img className={styles.poster} src={`/media/${media.id}/poster.jpg`} alt="" />
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
          <p>{text.lesson.noVideo}</p>
        )}
      </div>
      {media && usable(media.state) && !watching ? (
        <button type="button" className="button outlined" onClick={() => setWatching(true)}>
          <IconPlayerPlay size={18} aria-hidden="true" />
          {text.lesson.watch}
        </button>
      ) : null}
      {editor.mayEdit && others.length > 0 ? (
        <Form method="post" className={styles.attach} key={lesson.version}>
          <input type="hidden" name="intent" value="attach-media" />
          <input type="hidden" name="version" value={lesson.version} />
          <SelectField label={text.lesson.choose} name="mediaId">
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {one.filename} {usable(one.state) ? clockTime(one.durationMs) : ''}
              </option>
            ))}
          </SelectField>
          <button className="button outlined">{text.lesson.attach}</button>
        </Form>
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
