import type Player from 'video.js/dist/types/player';

const KEY = 'captions';
const OFF = 'off';

/** Shows captions in the language that was shown on this device last, and keeps what is chosen now. */
export function rememberCaptions(player: Player): void {
  const tracks = player.textTracks() as unknown as TextTrackList & EventTarget;
  const captions = () =>
    Array.from({ length: tracks.length }, (_, n) => tracks[n]).filter(
      (track) => track?.kind === 'captions',
    );
  const kept = read();
  const wanted = captions().find((track) => track?.language === kept);
  if (wanted) wanted.mode = 'showing';
  tracks.addEventListener('change', () => {
    if (captions().length === 0) return;
    const shown = captions().find((track) => track?.mode === 'showing');
    write(shown?.language ?? OFF);
  });
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The choice holds for this page then.
  }
}
