/** A file, or a range of one, as a player asks for it. */
export interface Part {
  url: string;
  /** A Range header; undefined for the whole file. */
  range: string | undefined;
}

/** How far ahead of the start parts are worth fetching, s: what plays while the next segment comes. */
const AHEAD_S = 8;

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

/** The bytes of a Range header, both ends included; undefined for the whole file. */
export function bytesOf(range: string | undefined): { from: number; to: number } | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  return from === undefined || to === undefined ? undefined : { from: +from, to: +to };
}

/** Neighbouring ranges of one file that one request brings: each request costs a round trip. */
export function isJoined(before: Part | undefined, after: Part | undefined): boolean {
  const end = bytesOf(before?.range)?.to;
  return before?.url === after?.url && end !== undefined && end + 1 === bytesOf(after?.range)?.from;
}

function rangeOf(length: string | undefined, from: string | undefined): string | undefined {
  if (length === undefined || from === undefined) return undefined;
  return `bytes=${from}-${Number(from) + Number(length) - 1}`;
}
