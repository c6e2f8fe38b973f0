import { useCallback, useEffect, useState } from 'react';
import type { Cue } from '~/domain/media/captions';
import { addAt, endAt, split, startAt, tap } from '~/domain/media/cue-edits';

/** A cue in the editor; its key stays while it is moved and changed. */
export interface EditedCue extends Cue {
  key: number;
}

let keys = 0;
const withKey = (cue: Cue): EditedCue => ({ ...cue, key: (keys += 1) });

/** The cues while they are edited, the line that is being worked on, and whether anything is not saved yet. */
export function useCues(stored: readonly Cue[]) {
  const [cues, setCues] = useState(() => stored.map(withKey));
  const [current, setCurrent] = useState(0);
  const [unsaved, setUnsaved] = useState(false);

  const change = useCallback((next: (before: EditedCue[]) => readonly Cue[]) => {
    setCues((before) =>
      next(before).map((cue) => ('key' in cue ? (cue as EditedCue) : withKey(cue))),
    );
    setUnsaved(true);
  }, []);
  const update = (n: number, cue: Partial<Cue>) =>
    change((all) => all.map((one, index) => (index === n ? { ...one, ...cue } : one)));

  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [unsaved]);

  return {
    cues,
    current: Math.min(current, Math.max(0, cues.length - 1)),
    unsaved,
    setCurrent,
    update,
    isSaved: () => setUnsaved(false),
    replace: (all: readonly Cue[], changed: boolean) => {
      setCues(all.map(withKey));
      setUnsaved(changed);
    },
    add: (atMs: number) => {
      const { at } = addAt(cues, atMs);
      change((all) => addAt(all, atMs).cues);
      setCurrent(at);
    },
    remove: (n: number) => change((all) => all.filter((_, index) => index !== n)),
    start: (n: number, atMs: number) =>
      change((all) => all.map((one, index) => (index === n ? startAt(one, atMs) : one))),
    end: (n: number, atMs: number) =>
      change((all) => all.map((one, index) => (index === n ? endAt(one, atMs) : one))),
    split: (n: number, caret: number, atMs: number) => change((all) => split(all, n, caret, atMs)),
    tap: (n: number, atMs: number) => {
      change((all) => tap(all, n, atMs));
      setCurrent(Math.min(n + 1, cues.length - 1));
    },
  };
}

export type EditedCues = ReturnType<typeof useCues>;
