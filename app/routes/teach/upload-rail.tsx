import { useRef, useState } from 'react';
import type { CourseMedia } from '~/domain/media/list-course-media.server';
import type { SameMedia } from '~/domain/media/list-same-media.server';
import { useText } from '~/i18n/locale';
import { mediaMessages } from '~/i18n/messages/media';
import { IconUpload } from '~/ui/icons';
import { ACCEPTED_VIDEOS, DropZone } from './drop-zone';
import { MediaRow } from './media-row';
import { MOST_AT_ONCE, type UploadItem } from './upload-queue';
import css from './upload-rail.module.css';
import { UploadRow } from './upload-row';
import { sayBytes, sayTimeLeft, sumUp } from './upload-words';
import type { Uploads } from './use-upload-queue';
import { useMediaStatus, type MediaNow } from './use-media-status';

const NEWEST = 5;

export interface UploadRailProps {
  uploads: Uploads;
  /** Something about the course's videos is different now. */
  onChanged: () => void;
  /** The course's videos from the loader, newest first (listCourseMedia). */
  items: CourseMedia[];
  /** Of those, which the organization had already (listSameMedia). */
  same: SameMedia[];
  /** A video uploaded here can be watched now. */
  onReady?: (mediaId: string, filename: string) => void;
  /** Offers to show a video in the lesson that is open. */
  onAttach?: ((mediaId: string, filename: string) => void) | undefined;
  /** The video that the open lesson shows. */
  attachedId?: string | null;
}

/** Uploads into a course and the course's videos: what is on its way, and how far conversion is. */
export function UploadRail(props: UploadRailProps) {
  const { items, same, onReady, onAttach, attachedId } = props;
  const { queue, items: uploads } = props.uploads;
  const text = useText(mediaMessages);
  const media = withUploaded(items, uploads);
  const now = useMediaStatus(media, (after, before) => {
    props.onChanged();
    const uploadedHere = uploads.find((upload) => upload.mediaId === after.id);
    if (uploadedHere && isWatchable(after) && !isWatchable(before)) {
      onReady?.(after.id, uploadedHere.filename);
    }
  });
  const picker = useRef<HTMLInputElement>(null);
  const [tooMany, setTooMany] = useState(false);

  const add = (files: File[]) => {
    setTooMany(files.length > MOST_AT_ONCE);
    queue?.add(files);
  };
  const pick = () => picker.current?.click();
  const rows = media.map((one) => (
    <MediaRow
      key={one.id}
      media={{ ...one, ...now.get(one.id) }}
      same={same.find((twin) => twin.mediaId === one.id)}
      attached={one.id === attachedId}
      onAttach={onAttach}
      onPickAgain={pick}
      onChanged={props.onChanged}
    />
  ));
  const waiting = uploads.filter((upload) => upload.state === 'waiting');

  return (
    <section className={css.rail} aria-labelledby="upload-rail-title">
      <div className={css.head}>
        <h2 id="upload-rail-title">{text.title}</h2>
        <p className="second small">{text.hint}</p>
      </div>
      <Together uploads={uploads} />
      <div className={css.list}>
        {uploads
          .filter((upload) => upload.state !== 'done')
          .map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              place={waiting.indexOf(upload) + 1}
              onPause={() => queue?.pause(upload.key)}
              onResume={() => queue?.resume(upload.key)}
              onCancel={() => {
                void queue?.cancel(upload.key).then(props.onChanged);
              }}
              onPickAgain={pick}
            />
          ))}
        {rows.slice(0, NEWEST)}
        {rows.length > NEWEST ? (
          <details className={css.earlier}>
            <summary>{text.earlier(rows.length - NEWEST)}</summary>
            {rows.slice(NEWEST)}
          </details>
        ) : null}
        {uploads.length + rows.length === 0 ? <p className={css.empty}>{text.empty}</p> : null}
      </div>
      {tooMany ? (
        <p className={css.note} role="status">
          {text.tooMany(MOST_AT_ONCE)}
        </p>
      ) : null}
      <DropZone
        centred
        hint={text.drop(MOST_AT_ONCE)}
        hintOver={text.dropNow}
        onDrop={(dropped) => add([...dropped.files])}
      >
        <button type="button" className="button outlined" onClick={pick}>
          <IconUpload size={20} aria-hidden="true" />
          {text.choose}
        </button>
      </DropZone>
      <input
        ref={picker}
        type="file"
        multiple
        accept={ACCEPTED_VIDEOS}
        className={css.picker}
        aria-label={text.choose}
        tabIndex={-1}
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </section>
  );
}

/** All uploads at once: how many are on their way, and until when. */
function Together({ uploads }: { uploads: UploadItem[] }) {
  const text = useText(mediaMessages);
  const { count, bytesLeft, bytesPerSecond } = sumUp(uploads);
  if (count < 2) return null;
  const time = sayTimeLeft(text, bytesLeft, bytesPerSecond);
  return <p className={css.together}>{text.together(count, sayBytes(bytesLeft), time)}</p>;
}

function isWatchable(media: MediaNow): boolean {
  return media.state === 'playable' || media.state === 'ready';
}

/** The loader's rows, and what was uploaded since it ran. */
function withUploaded(items: CourseMedia[], uploads: UploadItem[]): CourseMedia[] {
  const missing = uploads.flatMap(({ mediaId, filename, bytes }): CourseMedia[] =>
    mediaId && !items.some((item) => item.id === mediaId)
      ? [
          {
            id: mediaId,
            own: true,
            organizationId: '',
            filename,
            bytes,
            state: 'received',
            reason: null,
            percent: null,
            note: null,
            durationMs: 0,
            heights: [],
            captions: [],
            posters: 0,
            poster: 0,
          },
        ]
      : [],
  );
  return [...missing.reverse(), ...items];
}
