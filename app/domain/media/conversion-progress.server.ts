import type { Db } from '~db/client.server';

const WRITE_EVERY_MS = 1_000;

/**
 * Keeps how far an encoding is, at most once a second, for those who wait. Returns what to call with
 * the seconds of the source that are done, of `durationMs` in all.
 */
export function noteProgress(
  db: Db,
  mediaId: string,
  durationMs: number,
): (seconds: number) => void {
  let noted = -1;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let writing = false;
  return (seconds) => {
    const percent = Math.min(99, Math.floor((seconds * 100_000) / Math.max(durationMs, 1)));
    if (writing || percent <= noted || performance.now() - writtenAt < WRITE_EVERY_MS) return;
    noted = percent;
    writing = true;
    db.updateTable('media')
      .set({ percent })
      .where('id', '=', mediaId)
      .where('state', 'in', ['converting', 'playable'])
      .execute()
      // The next second tries again; a conversion does not fail for it.
      .catch(() => undefined)
      .finally(() => {
        writing = false;
        writtenAt = performance.now();
      });
  };
}
