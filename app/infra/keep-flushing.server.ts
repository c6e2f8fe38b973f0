import { open } from 'node:fs/promises';

const FLUSH_EVERY_MS = 200;

/** Writes a growing file through to the disk as it grows, so that little is left to wait for at its end. */
export function keepFlushing(path: string): { stop: () => void } {
  const flush = async () => {
    const file = await open(path, 'r').catch(() => undefined);
    if (!file) return;
    await file.datasync().catch(() => undefined);
    await file.close();
  };
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= flush().finally(() => (running = undefined));
  }, FLUSH_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
