import { useFetcher, useParams } from '@remix-run/react';
import type { SameMedia } from '~/domain/media/list-same-media.server';
import { useText } from '~/i18n/locale';
import { mediaMessages } from '~/i18n/messages/media';
import css from './upload-rail.module.css';

/** Says that this very video is there already, and lets the author choose. */
export function SameOffer({ same }: { same: SameMedia }) {
  const text = useText(mediaMessages).same;
  const fetcher = useFetcher();
  const { courseId } = useParams();
  const choose = (intent: 'reuse-media' | 'keep-media') => {
    const target = { method: 'post' as const, action: `/teach/courses/${courseId}` };
    void fetcher.submit({ intent, mediaId: same.mediaId }, target);
  };
  const busy = fetcher.state !== 'idle';
  return (
    <div className={css.same} role="group" aria-label={text.found(same.courseTitle)}>
      <p className={css.words}>
        {text.found(same.courseTitle)}
        {text.file(same.sameFilename)}
      </p>
      <div className={css.actions}>
        <button
          type="button"
          className={`button outlined ${css.small}`}
          disabled={busy}
          onClick={() => choose('reuse-media')}
        >
          {text.reuse}
        </button>
        <button
          type="button"
          className={`button text ${css.small}`}
          disabled={busy}
          onClick={() => choose('keep-media')}
        >
          {text.keep}
        </button>
      </div>
    </div>
  );
}
