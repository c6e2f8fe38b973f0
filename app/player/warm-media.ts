/** How far ahead of the start the line is made warm, s: what plays while the next segment comes. */
const AHEAD_S = 8;

interface Part {
  url: string;
  range: string | undefined;
}

/**
 * Fetches into the browser's cache what a player asks for first: the playlists of the smallest picture, its init part
 * and the first seconds from `startAtMs`, side by side where the player asks for one after the other. Where the line
 * fails, nothing is lost: the player asks again.
 */
export async function warmMedia(
  source: { playlist: string; smallest: string },
  startAtMs: number,
  signal: AbortSignal,
): Promise<void> {
  const [, playlist] = await Promise.all([
    fetch(source.playlist, { signal }).then((answer) => answer.text()),
    fetch(source.smallest, { signal }).then((answer) => (answer.ok ? answer.text() : '')),
  ]);
  const base = new URL(source.smallest, location.href);
  const parts = firstParts(playlist, startAtMs / 1000).map(async ({ url, range }) => {
    const answer = await fetch(new URL(url, base), {
      signal,
      ...(range ? { headers: { range } } : {}),
    });
    await answer.arrayBuffer();
  });
  await Promise.all(parts);
}

/** The init part and the segments of a media playlist that play from a moment on, as a player asks for them. */
export function firstParts(playlist: string, fromS: number): Part[] {
  const lines = playlist.split(/\r?\n/);
  const parts: Part[] = [];
  let at = 0;
  let seconds = 0;
  let range: string | undefined;
  for (const line of lines) {
    const init = /^#EXT-X-MAP:.*URI="([^"]+)"(?:.*BYTERANGE="(\d+)@(\d+)")?/.exec(line);
    const bytes = /^#EXT-X-BYTERANGE:(\d+)@(\d+)/.exec(line);
    if (init?.[1]) parts.push({ url: init[1], range: rangeOf(init[2], init[3]) });
    else if (line.startsWith('#EXTINF:')) seconds = Number.parseFloat(line.slice(8));
    else if (bytes) range = rangeOf(bytes[1], bytes[2]);
    else if (line !== '' && !line.startsWith('#')) {
      if (at + seconds > fromS && at < fromS + AHEAD_S) parts.push({ url: line, range });
      at += seconds;
      range = undefined;
    }
  }
  return parts;
}

function rangeOf(length: string | undefined, from: string | undefined): string | undefined {
  if (length === undefined || from === undefined) return undefined;
  return `bytes=${from}-${Number(from) + Number(length) - 1}`;
}
