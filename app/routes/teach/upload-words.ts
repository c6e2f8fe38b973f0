const MINUTE = 60;

/** Bytes as people say them: 1.8 GB, 320 MB, 12 kB. */
export function sayBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 1 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit] ?? 'GB'}`;
}

/** Whole minutes and hours until done, rounded up to the minute; undefined when nothing moves. */
export function timeLeft(
  bytesLeft: number,
  bytesPerSecond: number,
): { hours: number; minutes: number } | undefined {
  if (!(bytesPerSecond > 0)) return undefined;
  const minutes = Math.floor(bytesLeft / bytesPerSecond / MINUTE + 0.5);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** The uploads that are on their way or wait for it, together. */
export function sumUp(
  uploads: readonly { state: string; bytes: number; sent: number; bytesPerSecond: number }[],
): { count: number; bytesLeft: number; bytesPerSecond: number } {
  const moving = uploads.filter(({ state }) => state === 'sending' || state === 'waiting');
  return {
    count: moving.length,
    bytesLeft: moving.reduce((sum, { bytes, sent }) => sum + bytes - sent, 0),
    bytesPerSecond: moving.reduce((sum, upload) => sum + upload.bytesPerSecond, 0),
  };
}

/** The remaining time in words; undefined when nothing moves, empty under a minute. */
export function sayTimeLeft(
  words: { hours: (count: number, minutes: number) => string; minutes: (count: number) => string },
  bytesLeft: number,
  bytesPerSecond: number,
): string | undefined {
  const left = timeLeft(bytesLeft, bytesPerSecond);
  if (!left) return undefined;
  const { hours, minutes } = left;
  if (hours > 0) return words.hours(hours, minutes);
  return minutes > 0 ? words.minutes(minutes) : '';
}

/** m:ss or h:mm:ss of a length in ms. */
export function sayLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Bytes a second over the last 15 s of progress. */
export function createSpeedometer(): (sent: number, atMs: number) => number {
  const WINDOW_MS = 15_000;
  let samples: { sent: number; at: number }[] = [];
  return (sent, at) => {
    if (samples.some((sample) => sample.sent > sent)) samples = [];
    samples.push({ sent, at });
    samples = samples.filter((sample) => at - sample.at <= WINDOW_MS);
    const [first] = samples;
    if (!first || at - first.at < 500) return 0;
    return ((sent - first.sent) * 1000) / (at - first.at);
  };
}
