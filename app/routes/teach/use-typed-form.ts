import { useEffect, useState } from 'react';

/**
 * What a form is filled with. While nobody has typed it follows what is `stored`; from the first key on it stays, with
 * the version it is based on, until a save has been `answered`: so nothing is taken from under the hands, and saving what
 * a colleague has changed meanwhile shows both. The form is to be keyed by id and version.
 */
export function useTypedForm<Stored extends { id: string; version: number }>(
  stored: Stored,
  answered: { saved: boolean } | undefined,
): { base: Stored; touch: () => void } {
  const [typed, setTyped] = useState<Stored>();
  useEffect(() => {
    if (answered?.saved) setTyped(undefined);
  }, [answered]);
  const base = typed?.id === stored.id ? typed : stored;
  return { base, touch: () => setTyped(base) };
}
