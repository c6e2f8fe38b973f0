import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import type { Writer } from '~/domain/shared/live-line';
import { openKeptEdits } from './kept-edits';
import { exchangeAt } from './live-line';
import { TextLine, type LineState } from './text-line';

/** A lesson's text as this page has it open. */
export interface OpenText {
  line: TextLine;
  state: LineState;
  people: Writer[];
  /** What an earlier visit could not save has been merged in. */
  restored: boolean;
}

/** Opens the lesson's text for as long as the component lives; undefined until it has begun. */
export function useTextLine(lessonId: string, self: Writer): OpenText | undefined {
  const [open, setOpen] = useState<OpenText>();
  const { personId } = self;
  useEffect(() => {
    const doc = new Y.Doc();
    const kept = openKeptEdits(personId, lessonId, doc);
    let loaded = false;
    const change = (part: Partial<OpenText>) =>
      setOpen((before) => (before?.line === line ? { ...before, ...part } : before));
    const line = new TextLine(doc, exchangeAt(`/api/lesson-texts/${lessonId}`), (state) => {
      change({ state });
      if (state.loaded && !loaded) {
        loaded = true;
        void kept.restore().then((restored) => change({ restored }));
      }
      if (state.unsaved) kept.keep();
      else if (loaded && state.line === 'open') kept.forget();
    });
    const onEdit = () => {
      if (line.state.unsaved) kept.keep();
    };
    doc.on('update', onEdit);
    let known = '';
    const people = () => {
      const now = listPeople(line);
      // Every key moves a caret; who is here seldom changes.
      const told = JSON.stringify(now);
      if (told !== known) change({ people: now });
      known = told;
    };
    line.presence.on('change', people);
    setOpen({ line, state: line.state, people: [], restored: false });
    const online = () => line.dial();
    const offline = () => line.hangUp();
    const leave = () => kept.keepAtOnce();
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    window.addEventListener('pagehide', leave);
    line.dial();
    return () => {
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      window.removeEventListener('pagehide', leave);
      doc.off('update', onEdit);
      line.presence.off('change', people);
      line.end();
      setOpen(undefined);
    };
  }, [lessonId, personId]);
  const unsaved = open?.state.unsaved ?? false;
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
  return open;
}

/** The others with the text open, each person once. */
function listPeople({ presence, doc }: TextLine): Writer[] {
  const people = new Map<string, Writer>();
  for (const [client, state] of presence.getStates()) {
    const { user } = state as { user?: Writer };
    if (client !== doc.clientID && user) people.set(user.personId, user);
  }
  return [...people.values()];
}
