import type Player from 'video.js/dist/types/player';

const SHORT_S = 5;
const LONG_S = 10;
const LOUDER = 0.1;

/** What a key does to the player; undefined for a key that is none of its. */
function actionOf(key: string, player: Player): (() => void) | undefined {
  const seekTo = (seconds: number) => {
    const end = player.duration() ?? 0;
    player.currentTime(Math.min(Math.max(0, seconds), end));
  };
  const at = () => player.currentTime() ?? 0;
  const turn = (by: number) => {
    player.muted(false);
    player.volume(Math.min(1, Math.max(0, (player.volume() ?? 1) + by)));
  };
  const toggle = () => void (player.paused() ? player.play() : player.pause());
  if (/^\d$/.test(key)) return () => seekTo(((player.duration() ?? 0) * Number(key)) / 10);
  switch (key) {
    case ' ':
    case 'k':
      return toggle;
    case 'ArrowLeft':
      return () => seekTo(at() - SHORT_S);
    case 'ArrowRight':
      return () => seekTo(at() + SHORT_S);
    case 'j':
      return () => seekTo(at() - LONG_S);
    case 'l':
      return () => seekTo(at() + LONG_S);
    case 'ArrowUp':
      return () => turn(LOUDER);
    case 'ArrowDown':
      return () => turn(-LOUDER);
    case 'm':
      return () => void player.muted(!player.muted());
    case 'f':
      return () =>
        void (player.isFullscreen() ? player.exitFullscreen() : player.requestFullscreen());
    case 'c':
      return () => toggleCaptions(player);
    default:
      return undefined;
  }
}

function toggleCaptions(player: Player): void {
  const tracks = Array.from(
    { length: player.textTracks().length },
    (_, n) => (player.textTracks() as unknown as TextTrackList)[n],
  ).filter((track) => track?.kind === 'captions');
  const shown = tracks.find((track) => track?.mode === 'showing');
  if (shown) shown.mode = 'disabled';
  else if (tracks[0]) tracks[0].mode = 'showing';
}

/** Where keys mean something else already: fields, the player's menus, whatever is pressed by the space bar. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, select, textarea, [contenteditable="true"], [role="dialog"]')) {
    return true;
  }
  if (target.closest('.vjs-menu, .vjs-volume-control, .vjs-progress-control')) {
    return key.startsWith('Arrow') || key === ' ';
  }
  return key === ' ' && target.closest('button, a, summary, [role="menuitemradio"]') !== null;
}

/** The keys of the player for the whole page, while it is there; `enabled` says whether anything is played yet. */
export function listenForKeys(player: Player, enabled: () => boolean): () => void {
  const stage = player.el();
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!enabled() || isTaken(event.target, event.key)) return;
    // The arrows scroll the page unless the player is what is being used.
    const inPlayer = event.target instanceof Node && stage.contains(event.target);
    if (event.key.startsWith('Arrow') && !inPlayer) return;
    const act = actionOf(event.key.length === 1 ? event.key.toLowerCase() : event.key, player);
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
