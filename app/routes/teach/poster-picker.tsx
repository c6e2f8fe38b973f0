import { Form } from '@remix-run/react';
import type { CourseMedia } from '~/domain/media/list-course-media.server';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import type { LessonAnswer } from './lesson-action.server';
import styles from './editor.module.css';

/** The stills of a video, of which its authors choose the one that learners see before they play. */
export function PosterPicker(props: {
  media: Pick<CourseMedia, 'id' | 'posters' | 'poster'>;
  answer: LessonAnswer | undefined;
}) {
  const { media } = props;
  const text = useText(teachMessages).lesson;
  const answer = props.answer?.values.intent === 'choose-poster' ? props.answer : undefined;
  return (
    <Form method="post" className={styles.posters} preventScrollReset>
      <input type="hidden" name="intent" value="choose-poster" />
      <input type="hidden" name="mediaId" value={media.id} />
      <fieldset>
        <legend>{text.poster}</legend>
        {Array.from({ length: media.posters }, (_, n) => n + 1).map((number) => (
          <label key={number}>
            <input
              type="radio"
              name="poster"
              value={number}
              aria-label={text.posterNumber(number)}
              defaultChecked={number === (media.poster || 1)}
            />
            <img src={`/media/${media.id}/poster-${number}.jpg`} alt="" loading="lazy" />
          </label>
        ))}
      </fieldset>
      <button className="button outlined">{text.posterSave}</button>
      {answer ? (
        <p role="status" className={answer.saved ? 'small second' : 'form-error'}>
          {answer.saved ? text.posterSaved : text.posterGone}
        </p>
      ) : null}
    </Form>
  );
}
