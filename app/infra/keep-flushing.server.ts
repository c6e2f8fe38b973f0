import { open } from 'node:fs/promises';

const FLUSH_EVERY_MS = 200;
/** Of the time. Writing waits while a file is flushed: five times a second halved what a fast line brings. */
const LARGEST_SHARE = 0.1;

/**
 * Writes a growing file through to the disk as it grows, so that little is left to wait for at its end:
 * five times a second as long as that takes a tenth of the time, less often where more arrives.
 */
export function keepFlushing(path: string): { stop: () => void } {
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
    flushIn(Math.max(FLUSH_EVERY_MS, (performance.now() - started) / LARGEST_SHARE));
  };
  flushIn(FLUSH_EVERY_MS);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
