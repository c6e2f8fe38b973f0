import { open } from 'node:fs/promises';

const FLUSH_EVERY_MS = 200;

/**
 * Writes a growing file through to the disk as it grows, so that little is left to wait for at its end:
 * five times a second as long as that takes `share` of the time (above 0, at most 1), less often where more
 * arrives. Whoever writes the file waits meanwhile.
 */
export function keepFlushing(path: string, share: number): { stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const flushIn = (ms: number) => {
    if (!stopped) timer = setTimeout(() => void flush(), ms);
  };
  const flush = async () => {
    const started = performance.now();
    const file = await open(path, 'r').catch(() => undefined);
    await file?.datasync().catch(() => undefined);
    await file?.close();
    flushIn(Math.max(FLUSH_EVERY_MS, (performance.now() - started) / share));
  };
  flushIn(FLUSH_EVERY_MS);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
