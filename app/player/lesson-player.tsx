import { useLocation, useNavigate } from '@remix-run/react';
import { useRef, type ReactNode } from 'react';
import { listQualities, megabytes, type Quality, type Rung } from '~/domain/media/quality';
import { clockTime, spokenMinutes, spokenTime } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { playerMessages } from '~/i18n/messages/player';
import type { Tone } from '~/ui/badge';
import { IconArrowRight, IconPlayerPlayFilled, IconRefresh } from '~/ui/icons';
import { Link } from '~/ui/link';
import { StatusLine } from '~/ui/status-line';
import styles from './lesson-player.module.css';
import { PresenceDialog } from './presence-dialog';
import type { StudyStatus } from './study-status';
import type { StudyView } from './study';
import { useStudy, type StudyOptions } from './use-study';

function toneOf(status: StudyStatus): Tone {
  if (status === 'counting') return 'done';
  if (status === 'waiting' || status === 'waiting-here-only' || status === 'start-offline')
    return 'transit';
  if (status === 'idle' || status === 'starting' || status === 'paused' || status === 'loading')
    return 'plain';
  if (
    [
      'hidden',
      'asked',
      'out-of-touch',
      'taken-over',
      'closed',
      'capped',
      'start-not-open',
    ].includes(status)
  )
    return 'pending';
  return 'wrong';
}

const AGAIN: readonly StudyStatus[] = [
  'start-offline',
  'start-not-playable',
  'start-too-many',
  'start-unavailable',
];

type Given = Omit<
  StudyOptions,
  'locale' | 'label' | 'choices' | 'qualities' | 'lesson' | 'countsHidden'
>;

/** The video with its one status line; `children` shows the rest of the page from what the server said. */
export function LessonPlayer(
  props: Given & {
    title: string;
    posterUrl: string;
    countsHidden: boolean;
    /** Who made it, and where it belongs, for the lock screen. */
    madeBy: string;
    partOf: string;
    video: { rungs: readonly Rung[]; audioBitrate: number | null; durationMs: number };
    next: { to: string; title: string } | undefined;
    /** Over the top left corner of the picture: the way back. */
    corner: ReactNode;
    children: (view: StudyView, seekTo: (ms: number) => Promise<void>) => ReactNode;
  },
) {
  const { title, posterUrl, corner, children, video, next, madeBy, partOf, ...options } = props;
  const locale = useLocale();
  const text = useText(playerMessages);
  const stage = useRef<HTMLDivElement>(null);
  const label = text.stage(title);
  const navigate = useNavigate();
  const choices = listQualities(video);
  const shown = choices.map(({ quality, bytes }) => {
    const short = shortName(quality, text);
    return {
      quality,
      short,
      label: text.quality.cost(short, megabytes(bytes), quality === 'auto'),
    };
  });
  const study = useStudy(stage, {
    ...options,
    locale,
    label,
    choices,
    qualities: { title: text.quality.title, choices: shown },
    lesson: {
      title,
      artist: madeBy,
      album: partOf,
      poster: posterUrl,
      next: next && (() => navigate(next.to)),
    },
  });
  const { view, begun, ended, ready, quality, play } = study;
  const startAt = options.playFromMs ?? options.initial.atMs;
  return (
    <>
      <div className={styles.stage}>
        {/* What is fetched ahead lies under the poster until it is played. */}
        <div ref={stage} className={begun ? styles.mount : `${styles.mount} ${styles.ahead}`} />
        {begun ? null : (
          <>
            <img src={posterUrl} alt="" width="854" height="480" />
            <button
              type="button"
              className={styles.play}
              disabled={!ready || view.status === 'starting'}
              onClick={() => void play()}
            >
              <span>
                <IconPlayerPlayFilled size={20} aria-hidden="true" />
                {startAt > 0 ? text.playFrom(clockTime(startAt)) : text.play}
              </span>
            </button>
          </>
        )}
        {ended && next ? (
          <div className={styles.nextCard}>
            <p>
              <span>{text.next.title}</span>
              <b>{next.title}</b>
            </p>
            <button type="button" onClick={() => void study.seekTo(0).then(study.retryMedia)}>
              <IconRefresh size={18} aria-hidden="true" />
              {text.next.again}
            </button>
            <Link to={next.to}>
              {text.next.go}
              <IconArrowRight size={18} aria-hidden="true" />
            </Link>
          </div>
        ) : null}
        {corner}
        <noscript>{text.needsScript}</noscript>
      </div>
      <Status
        view={view}
        sound={quality === 'audio' ? { countsHidden: options.countsHidden } : undefined}
        play={play}
        retryMedia={study.retryMedia}
      />
      {shown.length > 1 ? (
        <label className={styles.quality}>
          <span>{text.quality.label}</span>
          <select
            className="input"
            value={quality}
            disabled={!ready}
            onChange={(event) => study.choose(event.currentTarget.value as Quality)}
          >
            {shown.map((choice) => (
              <option key={choice.quality} value={choice.quality}>
                {choice.label}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p className={styles.quality}>
          <span>{text.quality.whole}</span>
          <span>{text.quality.only(megabytes(choices[0]?.bytes ?? 0))}</span>
        </p>
      )}
      {view.presence ? (
        <PresenceDialog
          presence={view.presence}
          atMs={view.atMs}
          answer={study.answerPresence}
          leave={() => navigate('..', { relative: 'path' })}
        />
      ) : null}
      {children(view, study.seekTo)}
    </>
  );
}

function shortName(quality: Quality, text: typeof playerMessages.zh): string {
  if (quality === 'auto') return text.quality.auto;
  if (quality === 'saver') return text.quality.saver;
  return quality === 'audio' ? text.quality.audio : `${quality}p`;
}

function Status(props: {
  view: StudyView;
  /** Present while the sound alone is played. */
  sound: { countsHidden: boolean } | undefined;
  play: () => Promise<void>;
  retryMedia: () => Promise<void>;
}) {
  const { view, sound, play, retryMedia } = props;
  const locale = useLocale();
  const text = useText(playerMessages);
  const { pathname } = useLocation();
  const { status } = view;
  const waits = spokenTime(view.queuedMs, locale);
  const line =
    status === 'waiting'
      ? text.waiting(waits)
      : status === 'waiting-here-only'
        ? text.waitingHereOnly(waits)
        : sound && status === 'counting'
          ? text.countingSound(sound.countsHidden)
          : (text.lines[status] ?? ['', '']);
  const button = (word: string, act: () => Promise<void>) => (
    <button type="button" onClick={() => void act()}>
      {word}
    </button>
  );
  const aside =
    status === 'taken-over' ? (
      button(text.actions.studyHere, play)
    ) : status === 'media-failed' ? (
      button(text.actions.retry, retryMedia)
    ) : AGAIN.includes(status) ? (
      button(text.actions.retry, play)
    ) : status === 'signed-out' || status === 'start-signed-out' ? (
      <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`}>{text.actions.signIn}</Link>
    ) : (view.creditedTodayMs ?? 0) >= 1000 ? (
      text.today(spokenMinutes(view.creditedTodayMs ?? 0, locale))
    ) : null;
  return (
    <StatusLine tone={toneOf(status)} aside={aside} offline={status === 'start-offline'}>
      <b>{line[0]}</b>
      {line[1]}
    </StatusLine>
  );
}
