import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { BegunUpload } from '~/domain/media/list-begun-uploads.server';
import { createUploadQueue, type UploadItem, type UploadQueue } from './upload-queue';

const NOTHING: UploadItem[] = [];

/** A course's uploads of this visit and their queue. It lives in the browser only: on the server nothing is on its way. */
export interface Uploads {
  queue: UploadQueue | undefined;
  items: UploadItem[];
}

/** The queue of a course, with what earlier visits began (`begun`); `onDone` hears of each upload that ended, either way. */
export function useUploadQueue(
  courseId: string,
  begun: BegunUpload[],
  onDone: () => void,
): Uploads {
  const [queue, setQueue] = useState<UploadQueue>();
  const latest = useRef({ begun, onDone });
  useEffect(() => {
    latest.current = { begun, onDone };
  });
  useEffect(() => {
    const made = createUploadQueue(courseId, latest.current.begun, () => latest.current.onDone());
    setQueue(made);
    void made.findInterrupted();
    return () => made.close();
  }, [courseId]);
  const items = useSyncExternalStore(
    queue?.subscribe ?? subscribeToNothing,
    queue?.items ?? (() => NOTHING),
    () => NOTHING,
  );
  return { queue, items };
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
