import { useCallback, useEffect, useState } from 'react';

interface Kept {
  /** The version and the text that the typing began with. */
  version: number;
  base: string;
  text: string;
}

/**
 * Keeps typed text in this tab until it is saved, so that a lost connection or a reload loses
 * nothing. `found` is text that was typed and never saved, with the version it is based on: the
 * newest one as long as the stored text is still the one the typing began with.
 */
export function useKeptText(
  name: string,
  stored: { version: number; text: string },
  saved: boolean,
) {
  const [found, setFound] = useState<{ version: number; text: string }>();
  const { version, text: storedText } = stored;
  useEffect(() => {
    const kept = saved ? undefined : readKept(name);
    if (!kept || kept.text === storedText) {
      forgetKept(name);
      setFound(undefined);
    } else {
      setFound({ text: kept.text, version: kept.base === storedText ? version : kept.version });
    }
    // Only what was there when the form appeared is found again.
  }, [name, version, storedText, saved]);
  const keep = useCallback(
    (text: string) => {
      const base = found ?? { version };
      const kept: Kept = { version: base.version, base: storedText, text };
      try {
        sessionStorage.setItem(keyOf(name), JSON.stringify(kept));
      } catch {
        // Storage is full or switched off: the text is still in the page.
      }
    },
    [name, version, storedText, found],
  );
  const drop = useCallback(() => {
    forgetKept(name);
    setFound(undefined);
  }, [name]);
  return { found, keep, drop };
}

/** Forgets what was kept under a name. */
export function forgetKept(name: string): void {
  try {
    sessionStorage.removeItem(keyOf(name));
  } catch {
    // Nothing is kept where storage is switched off.
  }
}

const keyOf = (name: string) => `jiangxue ${name}`;

function readKept(name: string): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? 'null') as Partial<Kept> | null;
    const { version, base, text } = kept ?? {};
    if (typeof version === 'number' && typeof base === 'string' && typeof text === 'string') {
      return { version, base, text };
    }
  } catch {
    // What cannot be read was not ours.
  }
  return undefined;
}
