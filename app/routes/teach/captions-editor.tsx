import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { cueAt } from '~/domain/media/cue-edits';
import { saidIn, typed } from '~/domain/media/cue-text';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { IconCheck, IconDownload, IconPlus } from '~/ui/icons';
import { Notice } from '~/ui/notice';
import type { CaptionsPage } from './captions';
import { CaptionsConflict } from './captions-conflict';
import { CaptionsForm } from './captions-form';
import type { CaptionsAnswer } from './captions.server';
import { CueRow } from './cue-row';
import { useCues } from './use-cues';
import { Preview } from './video-preview';
import styles from './captions.module.css';

/** The lines were replaced as a whole, by a file or by nothing. */
const startAnew = () => location.reload();

/** The video, and beside it the lines with their times: everything can be done by keys while it plays. */
export function CaptionsEditor({ page }: { page: CaptionsPage }) {
  const { captions, mediaId, lesson } = page;
  const [ready, setReady] = useState(false);
  // What is typed before the page listens would be lost.
  const mayEdit = page.mayEdit && ready;
  useEffect(() => setReady(true), []);
  const text = useText(captionMessages);
  const save = useFetcher<CaptionsAnswer>();
  const stored = captions.cues.map((cue) => ({ ...cue, text: typed(cue.text) }));
  const edit = useCues(stored);
  const video = useRef<HTMLVideoElement | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const [atMs, setAtMs] = useState(0);
  const [version, setVersion] = useState(captions.version);
  const [settled, setSettled] = useState<CaptionsAnswer>();
  const answer = save.data === settled ? undefined : save.data;
  const now = () => Math.round((video.current?.currentTime ?? 0) * 1000);
  const { cues, current } = edit;

  const send = (base: number) => {
    const sent = cues.map(({ fromMs, toMs, text: said }) => ({ fromMs, toMs, text: said }));
    const fields = { language: captions.language, version: String(base) };
    save.submit({ ...fields, cues: JSON.stringify(sent) }, { method: 'post' });
  };
  const saved = answer?.saved?.version;
  const removed = answer?.removed;
  useEffect(() => {
    if (removed) startAnew();
  }, [removed]);
  const { isSaved } = edit;
  useEffect(() => {
    if (saved === undefined) return;
    setVersion(saved);
    isSaved();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each answer
  }, [saved]);

  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const watch = (element: HTMLVideoElement | null) => {
    video.current = element;
    element?.addEventListener('timeupdate', () => setAtMs(now()));
    element?.addEventListener('seeking', () => setAtMs(now()));
  };
  const toggle = () => {
    const element = video.current;
    if (element?.paused) void element.play().catch(() => undefined);
    else element?.pause();
  };
  const playCue = (n: number) => {
    const element = video.current;
    if (!element) return;
    element.currentTime = (cues[n]?.fromMs ?? 0) / 1000;
    void element.play().catch(() => undefined);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const field = event.target instanceof HTMLTextAreaElement ? event.target : undefined;
    const acts: Record<string, () => void> = {
      ' ': toggle,
      Enter: () => edit.tap(current, now()),
      ',': () => edit.start(current, now()),
      '.': () => edit.end(current, now()),
      '/': () => edit.split(current, field?.selectionStart ?? 0, now()),
      s: () => send(version),
    };
    const act = acts[event.key];
    if (!act || (event.key !== ' ' && !mayEdit)) return;
    event.preventDefault();
    act();
  };
  const spoken = cues.findIndex((cue) => cue.fromMs <= atMs && atMs < cue.toMs);
  const fault = (n: number) =>
    answer?.errors?.find(({ pointer }) => pointer.startsWith(`/cues/${n}/`))?.message;
  const whole = answer?.errors?.find(({ pointer }) => !/^\/cues\/\d+\//.test(pointer))?.message;
  const file = (format: string) => `/media/${mediaId}/captions.${captions.language}.${format}`;

  if (answer?.conflict) {
    const { current: theirs, mine } = answer.conflict;
    return (
      <CaptionsConflict
        theirs={theirs}
        mine={mine}
        zone={page.zone}
        onTheirs={() => {
          edit.replace(
            theirs.cues.map((cue) => ({ ...cue, text: typed(cue.text) })),
            false,
          );
          setVersion(theirs.version);
          setSettled(answer);
        }}
        onMine={() => send(theirs.version)}
      />
    );
  }
  return (
    // The keys are those of the fields and buttons inside.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.columns} onKeyDown={onKey}>
      <div className={styles.video}>
        <Preview mediaId={mediaId} label={lesson.title} captions={[]} onVideo={watch} />
        <p className={styles.spoken} aria-label={text.now}>
          <span className="small second">{clockTime(atMs)}</span>{' '}
          {spoken >= 0 ? saidIn(cues[spoken]?.text ?? '') : ''}
        </p>
        {mayEdit ? (
          <>
            <div className="row">
              <button
                type="button"
                className="button outlined"
                disabled={cues.length === 0}
                onClick={() => edit.tap(current, now())}
              >
                {text.tap}
              </button>
              <button type="button" className="button outlined" onClick={() => edit.add(now())}>
                <IconPlus size={18} aria-hidden="true" />
                {text.add}
              </button>
            </div>
            <p className="small second">{text.tapHint}</p>
          </>
        ) : null}
        <details className={styles.more}>
          <summary>{text.keys}</summary>
          <dl>
            {text.keyList.map(([keys, does]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </details>
        {captions.version > 0 ? (
          <div className="row">
            {['vtt', 'srt'].map((format) => (
              <a key={format} className="button text" href={file(format)} download>
                <IconDownload size={18} aria-hidden="true" />
                {text.download(format)}
              </a>
            ))}
          </div>
        ) : null}
        {mayEdit ? (
          <details className={styles.more}>
            <summary>{text.file}</summary>
            <CaptionsForm
              media={{ id: mediaId, filename: lesson.title, captions: [] }}
              only={{ language: captions.language, version }}
              onSaved={startAnew}
            />
          </details>
        ) : null}
        {mayEdit && captions.version > 0 ? (
          <details className={styles.more}>
            <summary>{text.removeAll}</summary>
            <p className="small second">{text.removeText}</p>
            <save.Form method="post">
              <input type="hidden" name="intent" value="remove" />
              <input type="hidden" name="language" value={captions.language} />
              <input type="hidden" name="version" value={version} />
              <button className="button danger">{text.removeSubmit}</button>
            </save.Form>
          </details>
        ) : null}
      </div>
      <section className={styles.lines} aria-label={text.title}>
        {cues.length === 0 ? <p className={styles.empty}>{text.empty}</p> : null}
        <ol ref={list}>
          {cues.map((cue, n) => (
            <CueRow
              key={cue.key}
              n={n}
              cue={cue}
              current={n === current}
              spoken={n === spoken}
              mayEdit={mayEdit}
              fault={fault(n)}
              edit={edit}
              now={now}
              play={() => playCue(n)}
            />
          ))}
        </ol>
        {mayEdit ? (
          <div className={styles.foot}>
            <button
              type="button"
              className="button"
              disabled={save.state !== 'idle' || (cues.length === 0 && version === 0)}
              onClick={() => send(version)}
            >
              {text.save}
            </button>
            <span className="small second">{text.count(cues.length)}</span>
            <button
              type="button"
              className="button text"
              onClick={() => edit.setCurrent(cueAt(cues, now()))}
            >
              {clockTime(atMs)}
            </button>
            <span role="status">
              {edit.unsaved ? (
                <span className="small">{text.unsaved}</span>
              ) : saved !== undefined ? (
                <span className="small">
                  <IconCheck size={16} aria-hidden="true" /> {text.saved}
                </span>
              ) : null}
            </span>
            {whole ? <Notice tone="wrong">{text.faults[whole] ?? text.failed}</Notice> : null}
          </div>
        ) : null}
      </section>
    </div>
  );
}
