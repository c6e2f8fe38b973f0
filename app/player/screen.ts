import type Player from 'video.js/dist/types/player';

type Lockable = ScreenOrientation & { lock?: (to: 'landscape' | 'portrait') => Promise<void> };

/** Turns a phone's full screen the way the picture is, and keeps the screen on while it plays. */
export function holdScreen(player: Player): () => void {
  let held: WakeLockSentinel | undefined;
  let gone = false;
  const release = () => {
    void held?.release().catch(() => undefined);
    held = undefined;
  };
  const hold = async () => {
    if (held || gone || player.paused() || document.visibilityState !== 'visible') return;
    // Refused on a low battery, and unknown to older browsers: the screen then does as it always does.
    const lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (!lock) return;
    if (gone || player.paused()) return void lock.release().catch(() => undefined);
    held = lock;
    lock.addEventListener('release', () => {
      if (held === lock) held = undefined;
    });
  };
  const turn = () => {
    const orientation = screen.orientation as Lockable | undefined;
    if (!matchMedia('(pointer: coarse)').matches) return;
    if (!player.isFullscreen()) return orientation?.unlock?.();
    const upright = player.videoHeight() > player.videoWidth();
    void orientation?.lock?.(upright ? 'portrait' : 'landscape').catch(() => undefined);
  };
  const onVisible = () => void hold();
  player.on('playing', onVisible);
  player.on(['pause', 'ended'], release);
  player.on('fullscreenchange', turn);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    gone = true;
    release();
    document.removeEventListener('visibilitychange', onVisible);
  };
}
