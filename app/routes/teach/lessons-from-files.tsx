import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { lessonsFromFiles } from '~/domain/courses/lessons-from-files';
import { findFileFault, type FileFault } from '~/domain/media/find-file-fault';
import { useText } from '~/i18n/locale';
import { lessonsFromFilesMessages } from '~/i18n/messages/lessons-from-files';
import { IconUpload } from '~/ui/icons';
import { Notice } from '~/ui/notice';
import { looksLikeVideo, placedFiles, readDropped, type PlacedFile } from './dropped-files';
import { ACCEPTED_VIDEOS, DropZone } from './drop-zone';
import css from './lessons-from-files.module.css';
import type { StructureAnswer } from './structure-answer';
import { MOST_AT_ONCE } from './upload-queue';
import type { Uploads } from './use-upload-queue';

interface Listed {
  file: File;
  title: string;
}

interface Looked {
  listed: Listed[];
  notes: string[];
}

/** A folder or many files as lessons of a chapter: listed with their titles first, then added and sent. */
export function LessonsFromFiles(props: { courseId: string; chapterId: string; uploads: Uploads }) {
  const { courseId, chapterId, uploads } = props;
  const text = useText(lessonsFromFilesMessages);
  const look = useLookAtFiles(uploads);
  const [looked, setLooked] = useState<Looked>();
  const [looking, setLooking] = useState(false);
  const fetcher = useFetcher<StructureAnswer>();
  const sent = useRef<Listed[]>([]);
  const [started, setStarted] = useState(0);

  const take = async (files: PlacedFile[]) => {
    setLooking(true);
    setStarted(0);
    setLooked(await look(files));
    setLooking(false);
  };
  const submit = (listed: Listed[]) => {
    sent.current = listed;
    const titles = JSON.stringify(listed.map(({ title }) => title));
    const target = { method: 'post' as const, action: `/teach/courses/${courseId}` };
    void fetcher.submit({ intent: 'add-lessons', chapterId, titles }, target);
  };
  const { data: answer, state } = fetcher;
  useEffect(() => {
    const lessonIds = answer?.lessonIds;
    if (state !== 'idle' || !lessonIds || sent.current.length === 0) return;
    uploads.queue?.add(
      sent.current.map(({ file }) => file),
      lessonIds,
    );
    setStarted(lessonIds.length);
    setLooked(undefined);
    sent.current = [];
  }, [answer, state, uploads.queue]);

  return (
    <section className={css.block} aria-labelledby="lessons-from-files">
      <h2 id="lessons-from-files">{text.title}</h2>
      <p className="second">{text.hint}</p>
      {started > 0 ? <Notice tone="done">{text.started(started)}</Notice> : null}
      {looking ? <p role="status">{text.looking}</p> : null}
      {looked?.notes.map((note) => (
        <Notice key={note} tone="plain">
          {note}
        </Notice>
      ))}
      {looked && looked.listed.length > 0 ? (
        <Review
          listed={looked.listed}
          busy={state !== 'idle'}
          failed={state === 'idle' && Boolean(answer) && !answer?.lessonIds}
          onChange={(listed) => setLooked({ ...looked, listed })}
          onSubmit={() => submit(looked.listed)}
          onCancel={() => setLooked(undefined)}
        />
      ) : (
        <Picker onFiles={(files) => void take(files)} />
      )}
    </section>
  );
}

/** Leaves out what is no video, lets go on what was cut short, and names the rest. */
function useLookAtFiles(uploads: Uploads) {
  const text = useText(lessonsFromFilesMessages);
  return async (files: PlacedFile[]): Promise<Looked> => {
    const videos = files.filter(({ file }) => looksLikeVideo(file));
    const begun = videos.filter(({ file }) =>
      uploads.items.some(
        (item) =>
          item.state === 'interrupted' && item.filename === file.name && item.bytes === file.size,
      ),
    );
    const fresh = lessonsFromFiles(videos.filter((video) => !begun.includes(video)));
    const notes: string[] = [];
    const listed: Listed[] = [];
    for (const { file, title } of fresh.slice(0, MOST_AT_ONCE)) {
      const fault = await faultOf(file.file);
      if (fault) notes.push(text.faulty[fault](file.name));
      else listed.push({ file: file.file, title });
    }
    if (files.length > videos.length) notes.push(text.skipped(files.length - videos.length));
    if (fresh.length > MOST_AT_ONCE) notes.push(text.tooMany(MOST_AT_ONCE));
    if (begun.length > 0) {
      uploads.queue?.add(begun.map(({ file }) => file));
      notes.push(text.resumed(begun.length));
    }
    return { listed, notes };
  };
}

function faultOf(file: File): Promise<FileFault | undefined> {
  return findFileFault(file.size, async (offset, length) => {
    const part = await file.slice(offset, offset + length).arrayBuffer();
    return new Uint8Array(part);
  });
}

function Picker({ onFiles }: { onFiles: (files: PlacedFile[]) => void }) {
  const text = useText(lessonsFromFilesMessages);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const picked = (input: HTMLInputElement) => {
    onFiles(placedFiles(input.files));
    input.value = '';
  };
  return (
    <DropZone
      hint={text.drop}
      hintOver={text.dropNow}
      onDrop={(dropped) => void readDropped(dropped).then(onFiles)}
    >
      <button type="button" className="button outlined" onClick={() => folder.current?.click()}>
        <IconUpload size={20} aria-hidden="true" />
        {text.folder}
      </button>
      <button type="button" className="button outlined" onClick={() => files.current?.click()}>
        {text.files}
      </button>
      <input
        ref={folder}
        type="file"
        multiple
        className={css.picker}
        aria-label={text.folder}
        tabIndex={-1}
        onChange={(event) => picked(event.currentTarget)}
        {...{ webkitdirectory: '' }}
      />
      <input
        ref={files}
        type="file"
        multiple
        accept={ACCEPTED_VIDEOS}
        className={css.picker}
        aria-label={text.files}
        tabIndex={-1}
        onChange={(event) => picked(event.currentTarget)}
      />
    </DropZone>
  );
}

function Review(props: {
  listed: Listed[];
  busy: boolean;
  failed: boolean;
  onChange: (listed: Listed[]) => void;
  onSubmit: () => void;
  onCancel: () => void;
}) {
  const { listed, busy, failed, onChange, onSubmit, onCancel } = props;
  const text = useText(lessonsFromFilesMessages);
  return (
    <form
      className={css.review}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <p>{text.review(listed.length)}</p>
      <ol className={css.list}>
        {listed.map(({ file, title }, at) => (
          <li key={`${file.name} ${file.size} ${at}`}>
            <input
              className={css.name}
              aria-label={text.name(file.name)}
              value={title}
              maxLength={60}
              required
              onChange={(event) => {
                const changed = { file, title: event.currentTarget.value };
                onChange(listed.map((one, index) => (index === at ? changed : one)));
              }}
            />
            <span className={`second small ${css.file}`}>{file.name}</span>
            <button
              type="button"
              className={`button text ${css.leave}`}
              aria-label={text.leaveNamed(file.name)}
              onClick={() => onChange(listed.filter((_one, index) => index !== at))}
            >
              {text.leave}
            </button>
          </li>
        ))}
      </ol>
      {failed ? <p className="form-error">{text.failed}</p> : null}
      <div className={css.foot}>
        <button className="button" disabled={busy}>
          {text.submit(listed.length)}
        </button>
        <button type="button" className="button text" onClick={onCancel}>
          {text.cancel}
        </button>
      </div>
    </form>
  );
}
