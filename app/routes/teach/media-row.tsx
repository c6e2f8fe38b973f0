import { WAITING_FOR_ROOM } from '~/domain/media/conversion-obstacles';
import type { CourseMedia } from '~/domain/media/list-course-media.server';
import type { SameMedia } from '~/domain/media/list-same-media.server';
import { useText } from '~/i18n/locale';
import { mediaMessages } from '~/i18n/messages/media';
import { Badge } from '~/ui/badge';
import { CaptionsForm } from './captions-form';
import { RemoveMedia } from './remove-media';
import { SameOffer } from './same-offer';
import css from './upload-rail.module.css';
import { sayLength } from './upload-words';

interface MediaRowProps {
  media: CourseMedia;
  /** The same video, where the organization had it already. */
  same: SameMedia | undefined;
  attached: boolean;
  onAttach: ((mediaId: string, filename: string) => void) | undefined;
  onPickAgain: () => void;
  /** Something about it was changed here. */
  onChanged: () => void;
}

/** One video of the course: how far its conversion is, or why it cannot be used. */
export function MediaRow(props: MediaRowProps) {
  const { media, same, attached, onAttach, onPickAgain, onChanged } = props;
  const text = useText(mediaMessages);
  const watchable = media.state === 'playable' || media.state === 'ready';
  return (
    <div className={css.row}>
      <div className={css.top}>
        <span className={css.name}>{media.filename}</span>
        <StateBadge media={media} />
      </div>
      <p className={css.words} role="status">
        {useWords(media)}
      </p>
      {media.percent !== null ? (
        <Progress label={text.converted(media.filename, media.percent)} percent={media.percent} />
      ) : null}
      {watchable && media.note === 'cut-short' ? (
        <p className={css.note}>{text.note['cut-short'](sayLength(media.durationMs))}</p>
      ) : null}
      {same ? <SameOffer same={same} /> : null}
      <div className={css.actions}>
        {media.state === 'refused' ? (
          <button
            type="button"
            className={`button outlined ${css.small}`}
            aria-label={text.named(text.replace, media.filename)}
            onClick={onPickAgain}
          >
            {text.replace}
          </button>
        ) : null}
        {watchable && attached ? <span className="second small">{text.attached}</span> : null}
        {watchable && !attached && onAttach ? (
          <button
            type="button"
            className={`button outlined ${css.small}`}
            aria-label={text.named(text.attach, media.filename)}
            onClick={() => onAttach(media.id, media.filename)}
          >
            {text.attach}
          </button>
        ) : null}
        {media.state !== 'ready' && !attached && media.own ? (
          <RemoveMedia media={media} onRemoved={onChanged} />
        ) : null}
      </div>
      {watchable && media.own ? <CaptionsForm media={media} onSaved={onChanged} /> : null}
    </div>
  );
}

function Progress({ label, percent }: { label: string; percent: number }) {
  return (
    <div
      className={css.bar}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ inlineSize: `${percent}%` }} />
    </div>
  );
}

function StateBadge({ media }: { media: CourseMedia }) {
  const { state } = useText(mediaMessages);
  switch (media.state) {
    case 'refused':
      return <Badge tone="wrong">{state.refused}</Badge>;
    case 'ready':
      return <Badge tone="done">{state.ready}</Badge>;
    case 'playable':
      return <Badge tone="done">{state.playable(media.heights.at(-1) ?? 0)}</Badge>;
    case 'converting':
      return <Badge tone="transit">{state.converting(media.percent)}</Badge>;
    case 'received':
      return <Badge tone="pending">{state.received}</Badge>;
  }
}

function useWords(media: CourseMedia): string {
  const text = useText(mediaMessages);
  const reasons: Record<string, string> = text.reason;
  switch (media.state) {
    case 'refused':
      return reasons[media.reason ?? ''] ?? text.reason['conversion-failed'];
    case 'ready':
      return text.readyText(
        text.heights([...media.heights].reverse()),
        sayLength(media.durationMs),
      );
    case 'playable':
      return media.reason === null ? text.playableText(media.percent) : text.playableOnlyText;
    case 'converting':
      return text.convertingText;
    case 'received':
      if (media.reason === WAITING_FOR_ROOM) return text.waitingForRoom;
      return media.reason === null ? text.receivedText : text.waitingForFfmpeg;
  }
}
