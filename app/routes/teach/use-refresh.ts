import { useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useState } from 'react';

/**
 * Loads the page's data anew. What is asked for while that is under way is done once more afterwards:
 * uploads often end together, and one load would break another off. Without a line nothing is loaded,
 * for a page that cannot be had would take the uploads with it.
 */
export function useRefresh(): () => void {
  const { state, revalidate } = useRevalidator();
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted || state !== 'idle') return;
    setWanted(false);
    if (navigator.onLine) revalidate();
  }, [wanted, state, revalidate]);
  return useCallback(() => setWanted(true), []);
}
