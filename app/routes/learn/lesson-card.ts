import type { CardLesson } from '~/domain/lesson-texts/show-lesson-cards';
import { clockTime } from '~/i18n/durations';

/** The card of a lesson that stands at an address. */
export function cardOf(
  { title, durationMs }: { title: string; durationMs: number },
  href: string,
): CardLesson {
  return { title, length: durationMs > 0 ? clockTime(durationMs) : '', href };
}
