import type { EditorState } from '@tiptap/pm/state';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
} from 'y-prosemirror';
import * as Y from 'yjs';
import { LONGEST_QUOTE } from '~/domain/comments/comment-limits';
import {
  findRange,
  isRangeThere,
  placeOf,
  rangeOf,
  type Holder,
} from '~/domain/comments/text-range';

/** A range of the text that something is said about. */
export interface Mark {
  id: string;
  kind: 'suggestion' | 'comment' | 'draft';
  start: string;
  end: string;
  quote: string;
  /** What a suggestion would put there. */
  replacement: string | null;
  color: string;
}

/** A range of the text as something is said about it. */
export interface TextAnchor {
  kind: 'text';
  start: string;
  end: string;
  quote: string;
}

/** What y-prosemirror knows of the editor's document. */
export interface SyncState {
  doc: Y.Doc;
  type: Y.XmlFragment;
  binding: { mapping: Map<Y.AbstractType<unknown>, never> };
  isChangeOrigin: boolean;
}

/** Where a mark stands in the editor, and what it reads; undefined where its place is gone. */
export function findPlace(
  sync: SyncState,
  state: EditorState,
  mark: Mark,
): { from: number; to: number; words: string } | undefined {
  const { doc, type, binding } = sync;
  if (binding.mapping.size === 0 || !isRangeThere(doc, mark)) return undefined;
  const at = (position: string) =>
    relativePositionToAbsolutePosition(
      doc,
      type,
      Y.createRelativePositionFromJSON(JSON.parse(position)),
      binding.mapping,
    );
  const [from, to] = [at(mark.start), at(mark.end)];
  if (from === null || to === null || to > state.doc.content.size) return undefined;
  if (mark.kind === 'suggestion') {
    const found = findRange(doc, mark);
    return found && { from: Math.min(from, to), to, words: found.words };
  }
  if (mark.kind === 'draft' && from === to) return { from, to, words: '' };
  return from < to ? { from, to, words: state.doc.textBetween(from, to, ' ') } : undefined;
}

/** A selection as the anchor of a comment, or (`within` one run of words) of a suggestion; undefined where it is none. */
export function anchorOf(
  sync: SyncState,
  state: EditorState,
  within: boolean,
): TextAnchor | undefined {
  const { from, to } = state.selection;
  const [start, end] = [holderAt(sync, from), holderAt(sync, to)];
  if (!start || !end) return undefined;
  if (!within) {
    const quote = state.doc.textBetween(from, to, ' ').slice(0, LONGEST_QUOTE);
    const range = {
      start: placeOf(start.holder, start.index, 'behind'),
      end: placeOf(end.holder, end.index, 'before'),
    };
    return { kind: 'text', ...range, quote };
  }
  if (start.holder !== end.holder) return undefined;
  const range = rangeOf(start.holder, start.index, end.index - start.index);
  const found = findRange(sync.doc, range);
  if (!found?.words || found.words.length > LONGEST_QUOTE) return undefined;
  return { kind: 'text', ...range, quote: found.words };
}

/** The end of a selection as the anchor of words to be inserted there; undefined where no words can stand. */
export function caretOf(sync: SyncState, state: EditorState): TextAnchor | undefined {
  const place = holderAt(sync, state.selection.to);
  if (!place) return undefined;
  const range = rangeOf(place.holder, place.index, 0);
  return findRange(sync.doc, range) && { kind: 'text', ...range, quote: '' };
}

function holderAt({ doc, type, binding }: SyncState, at: number) {
  const relative = absolutePositionToRelativePosition(
    at,
    type,
    binding.mapping,
  ) as Y.RelativePosition;
  const found = Y.createAbsolutePositionFromRelativePosition(relative, doc);
  return found ? { holder: found.type as unknown as Holder, index: found.index } : undefined;
}
