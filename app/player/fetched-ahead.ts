/** How far ahead of the start the line is made warm, s: what plays while the next segment comes. */
const AHEAD_S = 8;

interface Part {
  url: string;
  range: string | undefined;
}

/** What was fetched ahead, until the player takes it. */
const parts = new Map<string, { local: string; tookMs: number }>();
/** How long each took to come, by its local address. */
const taken = new Map<string, number>();
/** Links to segments live longer; a page left open must not keep their bytes for ever. */
const KEPT_MS = 10 * 60_000;

/** Where a player finds a part now: here, when it was fetched ahead, once; else at its own address. */
export function takePart(url: string, range: string | undefined): { url: string; local: boolean } {
  const address = partAddress(url, range);
  const part = parts.get(address);
  parts.delete(address);
  if (!part) return { url: address, local: false };
  taken.set(part.local, part.tookMs);
  return { url: part.local, local: true };
}

/** How long a part that was fetched ahead took over the line, ms; the player would think that line endlessly fast. */
export function tookOverLine(url: string): number | undefined {
  return taken.get(url);
}

/**
 * Fetches what a player asks for first: the playlists of the smallest picture, its init part
 * and the first seconds from `startAtMs`, side by side where the player asks for one after the other. What is not
 * needed for the first frame waits for `mounted`, so that it takes nothing from the player's own code. Where the line
 * fails, nothing is lost: the player asks again.
 */
export async function warmMedia(
  source: { playlist: string; smallest: string },
  startAtMs: number,
  mounted: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const [playlist] = await Promise.all([
    fetch(source.smallest, { signal }).then((answer) => (answer.ok ? answer.text() : '')),
    fetch(source.playlist, { signal }).then((answer) => answer.text()),
  ]);
  const base = new URL(source.smallest, location.href);
  const get = async ({ url, range }: Part) => {
    const address = partAddress(new URL(url, base).href, range);
    const from = performance.now();
    const answer = await fetch(address, { signal, ...(range ? { headers: { range } } : {}) });
    if (!answer.ok) return;
    const local = URL.createObjectURL(await answer.blob());
    parts.set(address, { local, tookMs: performance.now() - from });
    setTimeout(() => URL.revokeObjectURL(local), KEPT_MS);
  };
  const [init, first, ...rest] = firstParts(playlist, startAtMs / 1000);
  await Promise.all([init, first].flatMap((part) => (part ? [get(part)] : [])));
  await mounted;
  await Promise.all(rest.map(get));
}

/**
 * The address of a part of a file. All segments of a picture are ranges of one file, and a browser's cache gives one
 * address to one request at a time: with addresses of their own, parts come side by side and are found again.
 */
export function partAddress(url: string, range: string | undefined): string {
  const from = /^bytes=(\d+)-/.exec(range ?? '')?.[1];
  return from === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}from=${from}`;
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
