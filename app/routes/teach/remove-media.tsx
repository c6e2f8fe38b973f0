import { useState } from 'react';
import type { CourseMedia } from '~/domain/media/list-course-media.server';
import { useText } from '~/i18n/locale';
import { mediaMessages } from '~/i18n/messages/media';
import css from './upload-rail.module.css';

type Failure = 'inUse' | 'notRemoved';

async function remove(mediaId: string): Promise<Failure | undefined> {
  try {
    const response = await fetch(`/api/media/${mediaId}`, { method: 'DELETE' });
    if (response.ok || response.status === 404) return undefined;
    return response.status === 409 ? 'inUse' : 'notRemoved';
  } catch {
    return 'notRemoved';
  }
}

/** Takes a video away that is not finished or cannot be used; its conversion ends. */
export function RemoveMedia(props: {
  media: Pick<CourseMedia, 'id' | 'filename' | 'state'>;
  onRemoved: () => void;
}) {
  const { media, onRemoved } = props;
  const text = useText(mediaMessages);
  const [removing, setRemoving] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const word = media.state === 'refused' ? text.remove : text.stop;
  const click = async () => {
    setRemoving(true);
    const failed = await remove(media.id);
    setRemoving(false);
    setFailure(failed);
    if (!failed) onRemoved();
  };
  return (
    <>
      <button
        type="button"
        className={`button text ${css.small}`}
        aria-label={text.named(word, media.filename)}
        disabled={removing}
        onClick={() => void click()}
      >
        {removing ? text.removing : word}
      </button>
      {failure ? (
        <p role="alert" className={css.wrong}>
          {text[failure]}
        </p>
      ) : null}
    </>
  );
}
