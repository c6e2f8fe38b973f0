import type { Cue } from './captions';

/** The shortest a cue may become by an edit, ms. */
const SHORTEST_MS = 200;
const NEW_CUE_MS = 3000;

/** The place of the cue that is spoken at a moment, else of the next one; the last where none follows. */
export function cueAt(cues: readonly Cue[], atMs: number): number {
  const found = cues.findIndex((cue) => atMs < cue.toMs);
  return found < 0 ? cues.length - 1 : found;
}

/** The cue begins at the moment; it moves as a whole where it would end before it began. */
export function startAt(cue: Cue, atMs: number): Cue {
  const length = cue.toMs - cue.fromMs;
  return { ...cue, fromMs: atMs, toMs: atMs < cue.toMs - SHORTEST_MS ? cue.toMs : atMs + length };
}

/** The cue ends at the moment, and stays at least a blink. */
export function endAt(cue: Cue, atMs: number): Cue {
  return { ...cue, toMs: Math.max(cue.fromMs + SHORTEST_MS, atMs) };
}

/** A new empty cue at the moment, until the next one begins. */
export function addAt(cues: readonly Cue[], atMs: number): { cues: Cue[]; at: number } {
  const next = cues.findIndex((cue) => cue.fromMs > atMs);
  const at = next < 0 ? cues.length : next;
  const room = (cues[at]?.fromMs ?? Infinity) - atMs;
  const toMs = atMs + Math.max(SHORTEST_MS, Math.min(NEW_CUE_MS, room));
  return { cues: [...cues.slice(0, at), { fromMs: atMs, toMs, text: '' }, ...cues.slice(at)], at };
}

/** Cuts a cue in two, its text at the caret; the time at `atMs` where that lies inside, else by the text's share. */
export function split(cues: readonly Cue[], n: number, caret: number, atMs: number): Cue[] {
  const cue = cues[n];
  if (!cue || cue.toMs - cue.fromMs < 2 * SHORTEST_MS) return [...cues];
  const share = cue.text.length === 0 ? 0.5 : caret / cue.text.length;
  const least = cue.fromMs + SHORTEST_MS;
  const most = cue.toMs - SHORTEST_MS;
  const inside = atMs >= least && atMs <= most;
  const by = Math.round(cue.fromMs + (cue.toMs - cue.fromMs) * share);
  const cut = inside ? atMs : Math.min(most, Math.max(least, by));
  return [
    ...cues.slice(0, n),
    { fromMs: cue.fromMs, toMs: cut, text: cue.text.slice(0, caret).trim() },
    { fromMs: cut, toMs: cue.toMs, text: cue.text.slice(caret).trim() },
    ...cues.slice(n + 1),
  ];
}

/** One tap along with the voice: the cue ends here, and the next one begins here. */
export function tap(cues: readonly Cue[], n: number, atMs: number): Cue[] {
  return cues.map((cue, index) => {
    if (index === n && atMs > cue.fromMs) return endAt(cue, atMs);
    return index === n + 1 ? startAt(cue, atMs) : cue;
  });
}
