import { isQuality, type Quality } from '~/domain/media/quality';

const KEY = 'quality';

/** What was chosen on this device before; `saver` where the browser itself is told to save data. */
export function rememberedQuality(): Quality {
  try {
    const kept = localStorage.getItem(KEY);
    if (isQuality(kept)) return kept;
  } catch {
    // A browser that keeps nothing still plays.
  }
  return asksToSaveData() ? 'saver' : 'auto';
}

export function rememberQuality(quality: Quality): void {
  try {
    localStorage.setItem(KEY, quality);
  } catch {
    // The choice holds for this page then.
  }
}

/** Whether the person has told the browser to bring less over the line. */
export function asksToSaveData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
