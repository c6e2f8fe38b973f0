/** One picture size a video can be watched in; its bitrate in bits a second, sound included. */
export interface Rung {
  height: number;
  bitrate: number;
}

/** What a viewer can choose: by itself, the least data, the sound alone, or one picture size. */
export type Quality = 'auto' | 'saver' | 'audio' | `${number}`;

export interface QualityChoice {
  quality: Quality;
  /** What the whole video brings over the line at most, in bytes. */
  bytes: number;
}

/** A picture this small is what saving data means; where there is none, the smallest is. */
const SAVER_HEIGHT = 240;

/** Whether a remembered or sent text is a choice at all. */
export function isQuality(text: string | null): text is Quality {
  return text !== null && /^(auto|saver|audio|\d{2,4})$/.test(text);
}

/** The heights a choice plays, out of those there are: for `auto` all, else one or the few smallest. */
export function heightsFor(quality: Quality, heights: readonly number[]): number[] {
  if (quality === 'auto' || quality === 'audio' || heights.length === 0) return [...heights];
  const smallest = Math.min(...heights);
  if (quality === 'saver') return heights.filter((h) => h <= Math.max(SAVER_HEIGHT, smallest));
  const wanted = Number(quality);
  if (heights.includes(wanted)) return [wanted];
  // A size this video does not have: the next smaller one, so that nobody pays for more than they asked.
  return [Math.max(smallest, ...heights.filter((height) => height <= wanted))];
}

/** Each choice with what it brings over the line; the largest picture first, `saver` only where it saves. */
export function listQualities(video: {
  rungs: readonly Rung[];
  audioBitrate: number | null;
  durationMs: number;
}): QualityChoice[] {
  const rungs = [...video.rungs].sort((a, b) => b.height - a.height);
  const bytesAt = (bitrate: number) => Math.round((bitrate / 8) * (video.durationMs / 1000));
  const of = (quality: Quality): QualityChoice => {
    const heights = heightsFor(
      quality,
      rungs.map((rung) => rung.height),
    );
    const rates = rungs.filter((rung) => heights.includes(rung.height)).map((r) => r.bitrate);
    return { quality, bytes: bytesAt(Math.max(0, ...rates)) };
  };
  return [
    of('auto'),
    ...(rungs.length > 1 ? rungs.map((rung) => of(`${rung.height}`)) : []),
    ...(rungs.length > 1 ? [of('saver')] : []),
    ...(video.audioBitrate === null
      ? []
      : [{ quality: 'audio' as const, bytes: bytesAt(video.audioBitrate) }]),
  ];
}

/** The choice that this video offers for what was chosen before, maybe at another one. */
export function offeredQuality(wanted: Quality, choices: readonly QualityChoice[]): Quality {
  if (choices.some((choice) => choice.quality === wanted)) return wanted;
  if (!/^\d/.test(wanted)) return 'auto';
  const heights = choices.flatMap(({ quality }) => (/^\d/.test(quality) ? [Number(quality)] : []));
  const [height] = heightsFor(wanted, heights);
  return height === undefined ? 'auto' : `${height}`;
}

/** Megabytes for people: whole ones from 10 on, one decimal below, never 0. */
export function megabytes(bytes: number): string {
  const mb = bytes / 1_000_000;
  return mb >= 9.95 ? String(Math.round(mb)) : Math.max(0.1, mb).toFixed(1);
}
