import { useEffect, useRef } from 'react';
import { sameMarks, type DraftMarks } from '~/domain/course-drafts/draft-protocol';

const LOOK_EVERY_MS = 20_000;
const HANDS_FREE_MS = 400;
const IN_HAND = 'details[name=move-menu][open], [data-dragging], [data-choosing]';

/**
 * Shows what others changed in the course: as soon as its line tells of marks other than those that are `shown`, whenever
 * the window comes to the front, and every 20 s while it is there, for there may be no line. Not while something is
 * dragged, a menu is open or a choice is to be made: a newer version of the page would take them from under the hands.
 */
export function useOthersChanges(
  refresh: () => void,
  told: DraftMarks | undefined,
  shown: DraftMarks,
): void {
  const latest = useRef(shown);
  latest.current = shown;
  useEffect(() => {
    if (!told) return;
    const look = () => {
      const known = sameMarks(told, latest.current);
      if (!known && !mayRefresh()) return;
      clearInterval(timer);
      if (!known) refresh();
    };
    const timer = setInterval(look, HANDS_FREE_MS);
    look();
    return () => clearInterval(timer);
  }, [told, refresh]);
  useEffect(() => {
    const look = () => {
      if (mayRefresh()) refresh();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
    };
  }, [refresh]);
}

function mayRefresh(): boolean {
  const busy = document.querySelector(IN_HAND);
  return document.visibilityState === 'visible' && !busy;
}
