import { useId, useState, type FormEvent } from 'react';
import { captionLanguages, type CaptionLanguage } from '~/domain/media/captions';
import type { CourseMedia } from '~/domain/media/list-course-media.server';
import { useText } from '~/i18n/locale';
import { mediaMessages } from '~/i18n/messages/media';
import css from './upload-rail.module.css';

type Outcome = 'captionsSaved' | 'captionsUnreadable' | 'captionsChanged' | 'captionsFailed';

async function send(mediaId: string, form: FormData): Promise<Outcome> {
  try {
    const response = await fetch(`/api/media/${mediaId}/captions`, { method: 'POST', body: form });
    if (response.ok) return 'captionsSaved';
    if (response.status === 409) return 'captionsChanged';
    return response.status === 422 ? 'captionsUnreadable' : 'captionsFailed';
  } catch {
    return 'captionsFailed';
  }
}

/** Adds captions to a video from a file; says which it has. */
export function CaptionsForm(props: {
  media: Pick<CourseMedia, 'id' | 'filename' | 'captions'>;
  /** Where only one language is meant, with the version that was seen. */
  only?: { language: CaptionLanguage; version: number };
  onSaved: () => void;
}) {
  const { media, only, onSaved } = props;
  const text = useText(mediaMessages);
  const [outcome, setOutcome] = useState<Outcome>();
  const [sending, setSending] = useState(false);
  const id = useId();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setSending(true);
    const result = await send(media.id, new FormData(form));
    setSending(false);
    setOutcome(result);
    if (result !== 'captionsSaved') return;
    form.reset();
    onSaved();
  };

  const labels = media.captions.map((caption) => caption.label).join('、');
  const form = (
    <form onSubmit={(event) => void submit(event)}>
      {only ? (
        <>
          <input type="hidden" name="language" value={only.language} />
          <input type="hidden" name="version" value={only.version} />
        </>
      ) : (
        <>
          <label htmlFor={`${id}-language`}>{text.captionsLanguage}</label>
          <select id={`${id}-language`} name="language" className="input">
            {captionLanguages.map((language) => (
              <option key={language} value={language}>
                {text.languages[language]}
              </option>
            ))}
          </select>
        </>
      )}
      <label htmlFor={`${id}-file`}>{text.captionsFile}</label>
      <input id={`${id}-file`} name="file" type="file" accept=".srt,.vtt,text/vtt" required />
      <button className={`button outlined ${css.small}`} disabled={sending}>
        {text.captionsSave}
      </button>
      {outcome ? (
        <p role="status" className={outcome === 'captionsSaved' ? css.words : css.wrong}>
          {text[outcome]}
        </p>
      ) : null}
    </form>
  );
  if (only) return <div className={css.captions}>{form}</div>;
  return (
    <details className={css.captions}>
      <summary aria-label={text.named(text.captions, media.filename)}>
        {labels === '' ? text.captions : text.captionsHave(labels)}
      </summary>
      {form}
    </details>
  );
}
