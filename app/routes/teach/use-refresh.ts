import { useNavigation, useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Loads the page's data anew; `loaded` is what its loader gave last. What is asked for while a load is
 * under way is done once more afterwards: uploads often end together, and one load would break another
 * off, which the router reports as an error of the page. Without a line, or while the server is away,
 * nothing is loaded, for a page that cannot be had would take the uploads and the text with it.
 */
export function useRefresh(loaded: unknown): () => void {
  const { state, revalidate } = useRevalidator();
  const navigation = useNavigation();
  const [wanted, setWanted] = useState(false);
  // The router's states are rendered late: only other data tells for sure that a load has ended.
  const begunWith = useRef<unknown>();
  const busy = state !== 'idle' || navigation.state !== 'idle';
  useEffect(() => {
    if (!wanted || busy || begunWith.current === loaded) return;
    setWanted(false);
    begunWith.current = loaded;
    void isServed().then((served) => {
      if (served) return revalidate();
      begunWith.current = undefined;
      setWanted(false);
    });
  }, [wanted, busy, loaded, revalidate]);
  return useCallback(() => setWanted(true), []);
}

const isServed = () =>
  fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
