import { useEffect } from 'react';

const LOOK_EVERY_MS = 20_000;

/**
 * Looks for what others changed in the outline: whenever the window comes to the front, and every 20 s while it is
 * there. Not while somebody types in a field or has a menu open, which a newer version of the page would take from
 * under their hands.
 */
export function useOthersChanges(refresh: () => void): void {
  useEffect(() => {
    const look = () => {
      const typing = document.activeElement?.matches('input, textarea, select');
      const choosing = document.querySelector('details[name=move-menu][open]');
      if (document.visibilityState === 'visible' && !typing && !choosing) refresh();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
    };
  }, [refresh]);
}
