import { useCallback, useEffect, useRef, useState } from 'react';
import type { ShownComments } from '../api/lesson-comments';
import { sendComment, type CommentFault, type CommentRequest } from './send-comment';

/** So long an edit that was stored may take to be seen here. */
const TEXT_COMES_MS = 2_000;

/** What is said about the open lesson. */
export interface Comments {
  lessonId: string;
  /** Undefined until it has been loaded. */
  said: ShownComments | undefined;
  /** Sends something and shows it; answers what went wrong. */
  send: (request: CommentRequest) => Promise<CommentFault | undefined>;
}

/**
 * Loads what is said, and again whenever the lesson's line tells of something newer than what is shown, or the course's
 * draft is shown with another `mark` of its comments: a text may have no line.
 */
export function useComments(lessonId: string, told: number, mark: string): Comments {
  const [said, setSaid] = useState<ShownComments>();
  const latest = useRef(lessonId);
  latest.current = lessonId;
  const load = useCallback(async () => {
    const answer = await fetch(`/api/lessons/${lessonId}/comments`).catch(() => undefined);
    if (!answer?.ok) return;
    const loaded = (await answer.json()) as ShownComments;
    // Of two answers the older may come last.
    const newer = (before: ShownComments | undefined) =>
      !before || loaded.version >= before.version;
    if (latest.current === lessonId) setSaid((before) => (newer(before) ? loaded : before));
  }, [lessonId]);
  useEffect(() => {
    setSaid(undefined);
    void load();
    const again = () => void load();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [load]);
  const version = said?.version;
  useEffect(() => {
    if (version !== undefined && told > version) void load();
  }, [told, version, load]);
  const marked = useRef(mark);
  useEffect(() => {
    if (marked.current !== mark) void load();
    marked.current = mark;
  }, [mark, load]);
  const send = useCallback(
    async (request: CommentRequest) => {
      const fault = await sendComment(request);
      // The line brings the text and the news of it together; without a line it is looked for.
      if (!fault && request.changesText) await new Promise((go) => setTimeout(go, TEXT_COMES_MS));
      // What was refused has often been decided by somebody else.
      if (fault?.kind !== 'offline') await load();
      return fault;
    },
    [load],
  );
  return { lessonId, said, send };
}
