import { useLocation, useNavigate } from '@remix-run/react';
import { useRef, type ReactNode } from 'react';
import { clockTime, spokenMinutes, spokenTime } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { playerMessages } from '~/i18n/messages/player';
import type { Tone } from '~/ui/badge';
import { IconPlayerPlayFilled } from '~/ui/icons';
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

/** The video with its one status line; `children` shows the rest of the page from what the server said. */
export function LessonPlayer(
  props: Omit<StudyOptions, 'locale' | 'label'> & {
    title: string;
    posterUrl: string;
    /** Over the top left corner of the picture: the way back. */
    corner: ReactNode;
    children: (view: StudyView) => ReactNode;
  },
) {
  const { title, posterUrl, corner, children, ...options } = props;
  const locale = useLocale();
  const text = useText(playerMessages);
  const stage = useRef<HTMLDivElement>(null);
  const label = text.stage(title);
  const { view, mounted, play, retryMedia, answerPresence } = useStudy(stage, {
    ...options,
    locale,
    label,
  });
  const navigate = useNavigate();
  const startAt = options.playFromMs ?? options.initial.atMs;
  return (
    <>
      <div className={styles.stage}>
        <div ref={stage} className={styles.mount} />
        {mounted ? null : (
          <>
            <img src={posterUrl} alt="" width="854" height="480" />
            <button
              type="button"
              className={styles.play}
              disabled={view.status === 'starting'}
              onClick={() => void play()}
            >
              <span>
                <IconPlayerPlayFilled size={20} aria-hidden="true" />
                {startAt > 0 ? text.playFrom(clockTime(startAt)) : text.play}
              </span>
            </button>
          </>
        )}
        {corner}
        <noscript>{text.needsScript}</noscript>
      </div>
      <Status view={view} play={play} retryMedia={retryMedia} />
      {view.presence ? (
        <PresenceDialog
          presence={view.presence}
          atMs={view.atMs}
          answer={answerPresence}
          leave={() => navigate('..', { relative: 'path' })}
        />
      ) : null}
      {children(view)}
    </>
  );
}

function Status(props: {
  view: StudyView;
  play: () => Promise<void>;
  retryMedia: () => Promise<void>;
}) {
  const { view, play, retryMedia } = props;
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
