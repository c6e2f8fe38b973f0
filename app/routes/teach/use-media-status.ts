import { useEffect, useRef, useState } from 'react';
import type { CourseMedia } from '~/domain/media/list-course-media.server';
import type { MediaStatus } from '~/domain/media/get-media.server';

const ASK_EVERY_MS = 2000;

export type MediaNow = Pick<
  CourseMedia,
  'id' | 'state' | 'reason' | 'percent' | 'note' | 'durationMs' | 'heights'
>;

function isMoving(media: MediaNow): boolean {
  if (media.state === 'playable') return media.reason === null;
  return media.state === 'received' || media.state === 'converting';
}

/**
 * How the videos stand now: those that still move are asked for every 2 s, until they do not.
 * `onChange` hears of each new state, with the state before.
 */
export function useMediaStatus(
  media: MediaNow[],
  onChange: (now: MediaNow, before: MediaNow) => void,
): Map<string, MediaNow> {
  const [heard, setHeard] = useState(new Map<string, MediaNow>());
  const now = new Map(media.map((one) => [one.id, heard.get(one.id) ?? one]));
  const moving = [...now.values()].filter(isMoving);
  const ids = moving.map((one) => one.id).join(' ');
  const latest = useRef({ moving, onChange });
  useEffect(() => {
    latest.current = { moving, onChange };
  });

  useEffect(() => {
    if (ids === '') return undefined;
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      for (const before of latest.current.moving) {
        const after = await askFor(before.id, stopping.signal);
        if (stopping.signal.aborted) return;
        if (!after) continue;
        setHeard((known) => new Map(known).set(after.id, after));
        if (after.state !== before.state) latest.current.onChange(after, before);
      }
      timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    };
    timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [ids]);
  return now;
}

/** Undefined when the server cannot be asked now: the next turn comes in 2 s. */
async function askFor(id: string, signal: AbortSignal): Promise<MediaNow | undefined> {
  try {
    const response = await fetch(`/api/media/${id}`, { signal });
    if (!response.ok) return undefined;
    const { renditions, ...status } = (await response.json()) as MediaStatus;
    const { state, reason, percent, note, durationMs } = status;
    const heights = renditions.map((one) => one.height);
    return { id, state, reason, percent, note, durationMs, heights };
  } catch {
    return undefined;
  }
}
