import type Player from 'video.js/dist/types/player';

export interface PlayedLesson {
  title: string;
  /** Who made it. */
  artist: string;
  /** The course or class it belongs to. */
  album: string;
  poster: string;
  /** Goes to the next lesson; undefined at the last one. */
  next?: (() => void) | undefined;
}

const STEP_S = 10;

/** The lock screen and the buttons of a headset: what is played, and play, pause, seek, next. */
export function shareMediaSession(player: Player, lesson: PlayedLesson): () => void {
  if (!('mediaSession' in navigator) || typeof MediaMetadata === 'undefined')
    return () => undefined;
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata({
    title: lesson.title,
    artist: lesson.artist,
    album: lesson.album,
    artwork: [{ src: lesson.poster, type: 'image/jpeg' }],
  });
  const seekBy = (seconds: number) =>
    player.currentTime(Math.max(0, (player.currentTime() ?? 0) + seconds));
  const handlers: [MediaSessionAction, MediaSessionActionHandler | null][] = [
    ['play', () => void player.play()],
    ['pause', () => player.pause()],
    ['stop', () => player.pause()],
    ['seekbackward', ({ seekOffset }) => seekBy(-(seekOffset ?? STEP_S))],
    ['seekforward', ({ seekOffset }) => seekBy(seekOffset ?? STEP_S)],
    ['seekto', ({ seekTime }) => void player.currentTime(seekTime ?? 0)],
    ['nexttrack', lesson.next ?? null],
  ];
  const handle = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
    try {
      mediaSession.setActionHandler(action, handler);
    } catch {
      // A browser that does not know the button has none.
    }
  };
  for (const [action, handler] of handlers) handle(action, handler);
  const tell = () => {
    const duration = player.duration() ?? 0;
    mediaSession.playbackState = player.paused() ? 'paused' : 'playing';
    if (!(duration > 0) || !Number.isFinite(duration)) return;
    const position = Math.min(Math.max(0, player.currentTime() ?? 0), duration);
    mediaSession.setPositionState({ duration, position, playbackRate: player.playbackRate() ?? 1 });
  };
  player.on(['playing', 'pause', 'seeked', 'ratechange', 'durationchange'], tell);
  return () => {
    for (const [action] of handlers) handle(action, null);
    mediaSession.metadata = null;
    mediaSession.playbackState = 'none';
  };
}
