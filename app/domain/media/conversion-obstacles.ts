/** What a conversion waits for without losing its place or its file; keys of the media messages. */
export const WAITING_FOR_FFMPEG = 'waiting-for-ffmpeg';
export const WAITING_FOR_ROOM = 'waiting-for-room';
export const OBSTACLE_WAIT_MS = 15_000;

/** Whether the disk is full: the message of ffmpeg, or of the system itself. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  const words = 'stderr' in error ? String(error.stderr) : '';
  return code === 'ENOSPC' || code === 'EDQUOT' || /No space left|Disk quota/.test(words);
}
