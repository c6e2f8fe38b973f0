/** Text typed in this tab and not saved yet, with the version and the text that the typing began with. */
export interface KeptText {
  version: number;
  base: string;
  text: string;
}

const keyOf = (name: string) => `jiangxue ${name}`;

/** Keeps typed text until it is saved, so that a lost connection or a reload loses nothing. */
export function keepText(name: string, kept: KeptText): void {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(kept));
  } catch {
    // Storage is full or switched off: the text is still in the page.
  }
}

/** Forgets what was kept under a name. */
export function forgetKept(name: string): void {
  try {
    sessionStorage.removeItem(keyOf(name));
  } catch {
    // Nothing is kept where storage is switched off.
  }
}

/** What was kept under a name, or undefined. */
export function readKept(name: string): KeptText | undefined {
  try {
    const kept = JSON.parse(
      sessionStorage.getItem(keyOf(name)) ?? 'null',
    ) as Partial<KeptText> | null;
    const { version, base, text } = kept ?? {};
    if (typeof version === 'number' && typeof base === 'string' && typeof text === 'string') {
      return { version, base, text };
    }
  } catch {
    // What cannot be read was not ours.
  }
  return undefined;
}
