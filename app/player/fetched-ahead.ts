import { bytesOf, isJoined, type Part } from '~/domain/media/first-parts';
import type { MediaAhead } from '~/domain/media/media-ahead';

/** What came, and how long it took over the line. */
export interface Fetched {
  bytes: ArrayBuffer;
  tookMs: number;
}

/** What is fetched ahead or on its way, by address, until the player has used it; undefined where it did not come. */
const fetched = new Map<string, Promise<Fetched | undefined>>();
/** Links to segments live longer; a page left open must not keep their bytes for ever. */
const KEPT_MS = 10 * 60_000;

/** What was fetched ahead of this part, perhaps still on its way; `use` says that it was played, or came too late. */
export function findFetched(
  url: string,
  range: string | undefined,
): { part: Promise<Fetched | undefined>; use: () => void } | undefined {
  const address = partAddress(new URL(url, location.href).href, range);
  const part = fetched.get(address);
  return part && { part, use: () => fetched.delete(address) };
}

/**
 * Fetches what a player asks for first, all at once where it would ask for one after the other: the init part with
 * the first segment, the next one, and their playlist. The master playlist came with the page. Where the line fails,
 * nothing is lost: the player asks again.
 */
export function fetchAhead(playlist: string, ahead: MediaAhead, signal: AbortSignal): void {
  const page = location.href;
  const master = new TextEncoder().encode(ahead.master).buffer;
  keep(new URL(playlist, page).href, Promise.resolve({ bytes: master, tookMs: 1 }));
  const [init, first, ...rest] = ahead.parts.map(({ url, range }) => ({
    url: new URL(url, page).href,
    range,
  }));
  if (init && first && isJoined(init, first)) fetchJoined(init, first, signal);
  else for (const part of [init, first]) if (part) fetchPart(part, signal);
  for (const part of rest) fetchPart(part, signal);
  fetchPart({ url: new URL(ahead.playlist, page).href, range: undefined }, signal);
}

/**
 * The address of a part of a file. All segments of a picture are ranges of one file, and a browser's cache gives one
 * address to one request at a time: with addresses of their own, parts come side by side.
 */
export function partAddress(url: string, range: string | undefined): string {
  const from = bytesOf(range)?.from;
  return from === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}from=${from}`;
}

function fetchPart({ url, range }: Part, signal: AbortSignal): void {
  const address = partAddress(url, range);
  keep(address, get(address, range, signal));
}

/** Two neighbours in one request, each to be taken by itself. */
function fetchJoined(init: Part, first: Part, signal: AbortSignal): void {
  const [{ from = 0, to: mid = 0 } = {}, { to = 0 } = {}] = [
    bytesOf(init.range),
    bytesOf(first.range),
  ];
  const address = partAddress(init.url, init.range);
  const both = get(address, `bytes=${from}-${to}`, signal);
  const cut = (start: number, end?: number) =>
    both.then((found) => found && { ...found, bytes: found.bytes.slice(start, end) });
  keep(address, cut(0, mid + 1 - from));
  keep(partAddress(first.url, first.range), cut(mid + 1 - from));
}

async function get(
  address: string,
  range: string | undefined,
  signal: AbortSignal,
): Promise<Fetched | undefined> {
  const from = performance.now();
  try {
    const answer = await fetch(address, { signal, ...(range ? { headers: { range } } : {}) });
    if (answer.status !== (range ? 206 : 200)) return undefined;
    const bytes = await answer.arrayBuffer();
    return { bytes, tookMs: Math.max(1, performance.now() - from) };
  } catch {
    return undefined;
  }
}

function keep(address: string, part: Promise<Fetched | undefined>): void {
  fetched.set(address, part);
  setTimeout(() => {
    if (fetched.get(address) === part) fetched.delete(address);
  }, KEPT_MS);
}
