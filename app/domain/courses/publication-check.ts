import type { MediaState } from '~db/tables/media';

/** Why a draft cannot be published; every reason names what to repair. */
export type PublicationObstacle =
  | { kind: 'no-lesson' }
  | { kind: 'no-video'; lessonId: string; title: string }
  | { kind: 'video-not-playable'; lessonId: string; title: string; state: MediaState }
  | { kind: 'no-text'; lessonId: string; title: string }
  | { kind: 'unchanged'; number: number };

interface CheckedLesson {
  id: string;
  title: string;
  kind: 'video' | 'article';
  mediaState: MediaState | null;
  durationMs: number;
  blank: boolean;
}

/** Whether a video of this state can be watched; `ready` means that nothing more is being made. */
export function isWatchable(state: MediaState | null): boolean {
  return state === 'playable' || state === 'ready';
}

/** Everything that stands in the way of publication, in the order of the lessons; empty when nothing does. */
export function checkPublication(lessons: readonly CheckedLesson[]): PublicationObstacle[] {
  if (lessons.length === 0) return [{ kind: 'no-lesson' }];
  return lessons.flatMap((lesson): PublicationObstacle[] => {
    const named = { lessonId: lesson.id, title: lesson.title };
    if (lesson.kind === 'article') return lesson.blank ? [{ kind: 'no-text', ...named }] : [];
    const state = lesson.mediaState;
    if (state === null) return [{ kind: 'no-video', ...named }];
    return isWatchable(state) && lesson.durationMs > 0
      ? []
      : [{ kind: 'video-not-playable', ...named, state }];
  });
}
