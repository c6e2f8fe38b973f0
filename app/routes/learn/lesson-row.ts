import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import type { LessonRow } from '~/ui/lesson-rows';

interface ShownLesson {
  id: string;
  kind: 'video' | 'article';
  title: string;
  durationMs: number;
  coveredMs: number;
  complete: boolean;
  lastStudiedAt: number | null;
}

/** Makes the row of a lesson of this enrollment; `number` as 3.2. */
export function useLessonRow(enrollmentId: string) {
  const text = useText(learnMessages).classes;
  return (lesson: ShownLesson, number: string, current = false): LessonRow => {
    const { kind, durationMs, coveredMs, complete } = lesson;
    const done = durationMs > 0 ? coveredMs / durationMs : 0;
    const leftMs = Math.max(1000, Math.ceil((95 * durationMs) / 100) - coveredMs);
    return {
      id: lesson.id,
      to: `/learn/classes/${enrollmentId}/lessons/${lesson.id}`,
      title: `${number} ${lesson.title}`,
      done,
      complete,
      current,
      stateWord: complete ? text.complete : done > 0 ? text.begun : text.notBegun,
      aside:
        kind === 'article'
          ? text.article
          : durationMs === 0
            ? text.noVideo
            : done > 0 && !complete
              ? text.left(clockTime(leftMs))
              : clockTime(durationMs),
    };
  };
}
