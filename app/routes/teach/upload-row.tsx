import { useText } from '~/i18n/locale';
import { mediaMessages } from '~/i18n/messages/media';
import { Badge } from '~/ui/badge';
import type { UploadItem } from './upload-queue';
import css from './upload-rail.module.css';
import { sayBytes, sayTimeLeft } from './upload-words';

interface UploadRowProps {
  upload: UploadItem;
  /** In the line of those that wait, from 1. */
  place: number;
  onPause: () => void;
  onResume: () => void;
  onCancel: () => void;
  onPickAgain: () => void;
}

/** One file on its way to the server: how far, how long, and what can be done about it. */
export function UploadRow(props: UploadRowProps) {
  const { upload, place } = props;
  const text = useText(mediaMessages);
  const percent = Math.floor((upload.sent * 100) / Math.max(upload.bytes, 1));
  const started = upload.sent > 0;
  return (
    <div className={css.row}>
      <div className={css.top}>
        <span className={css.name}>{upload.filename}</span>
        {upload.state === 'waiting' ? (
          <Badge tone="plain">{text.queued(place)}</Badge>
        ) : upload.state === 'failed' ? (
          <Badge tone="wrong">{text.state.refused}</Badge>
        ) : started && upload.state !== 'interrupted' ? (
          <span className={css.percent}>{text.sent(percent)}</span>
        ) : null}
      </div>
      <p className={css.words}>{useWords(upload, percent)}</p>
      {upload.state !== 'interrupted' && upload.state !== 'failed' ? (
        <div
          className={css.bar}
          role="progressbar"
          aria-label={text.progress(upload.filename, percent)}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ inlineSize: `${percent}%` }} />
        </div>
      ) : null}
      <div className={css.actions}>
        <Actions {...props} />
      </div>
    </div>
  );
}

function useWords(upload: UploadItem, percent: number): string {
  const text = useText(mediaMessages);
  const size = sayBytes(upload.bytes);
  if (upload.state === 'failed') return text.failed[upload.failure ?? 'other'];
  if (upload.state === 'interrupted') return text.interrupted(size, percent);
  if (upload.state === 'paused') return text.paused(size, percent);
  if (upload.state === 'offline') return text.broken(percent);
  const left = sayTimeLeft(text, upload.bytes - upload.sent, upload.bytesPerSecond);
  if (upload.state === 'waiting' || left === undefined) return text.size(size);
  return left === '' ? text.soon(size) : text.left(size, left);
}

function Actions(props: UploadRowProps) {
  const { upload } = props;
  const text = useText(mediaMessages);
  const button = (label: string, act: () => void, look = 'text') => (
    <button
      type="button"
      className={`button ${look} ${css.small}`}
      aria-label={text.named(label, upload.filename)}
      onClick={act}
    >
      {label}
    </button>
  );
  const canRetry = ['other', 'noRoom', 'noRoomLeft'].includes(upload.failure ?? '');
  switch (upload.state) {
    case 'sending':
    case 'waiting':
    case 'offline':
      return (
        <>
          {button(text.pause, props.onPause, 'outlined')}
          {button(text.cancel, props.onCancel)}
        </>
      );
    case 'paused':
      return (
        <>
          {button(text.resume, props.onResume, 'outlined')}
          {button(text.cancel, props.onCancel)}
        </>
      );
    case 'interrupted':
      return (
        <>
          {button(text.pickAgain, props.onPickAgain, 'outlined')}
          {button(text.forget, props.onCancel)}
        </>
      );
    case 'failed':
      return (
        <>
          {canRetry
            ? button(text.retry, props.onResume, 'outlined')
            : button(text.replace, props.onPickAgain, 'outlined')}
          {button(text.forget, props.onCancel)}
        </>
      );
    case 'done':
      return null;
  }
}
