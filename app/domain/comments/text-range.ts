import * as Y from 'yjs';
import { TEXT_FIELD } from '../lesson-texts/text-schema';
import { smallestChange } from './smallest-change';

/** A range of a text that keeps to its words while others write around it: JSON of two Yjs relative positions. */
export interface TextRange {
  start: string;
  end: string;
}

/** Where the words of a block lie, or where they would. */
export type Holder = Y.XmlText | Y.XmlElement;

/** Where a range is now. */
export interface FoundRange {
  holder: Holder;
  index: number;
  /** What stands there now; empty for a place between two characters. */
  words: string;
}

/** A place in a run of words that keeps to the character behind it, or (`before`) to the one before it. */
export function placeOf(holder: Holder, index: number, keeps: 'before' | 'behind'): string {
  const assoc = keeps === 'before' ? -1 : 0;
  const position = Y.createRelativePositionFromTypeIndex(holder, index, assoc);
  return JSON.stringify(Y.relativePositionToJSON(position));
}

/** The range from `index` to `index + length` in one run of words, or in an empty block. */
export function rangeOf(holder: Holder, index: number, length: number): TextRange {
  // What is written at the edge of a range is not part of it.
  const end = placeOf(holder, index + length, 'before');
  return length === 0 ? { start: end, end } : { start: placeOf(holder, index, 'behind'), end };
}

/** Whether both ends of a range are still in the text. */
export function isRangeThere(doc: Y.Doc, range: TextRange): boolean {
  const text = doc.getXmlFragment(TEXT_FIELD);
  return [range.start, range.end].every((position) => resolve(doc, text, position) !== undefined);
}

/** Where the range is and what it reads, or undefined when its place is gone, or is no longer in one run of words. */
export function findRange(doc: Y.Doc, range: TextRange): FoundRange | undefined {
  const text = doc.getXmlFragment(TEXT_FIELD);
  const start = resolve(doc, text, range.start);
  const end = resolve(doc, text, range.end);
  if (!start || !end || start.type !== end.type) return undefined;
  const holder: unknown = start.type;
  const index = Math.min(start.index, end.index);
  if (holder instanceof Y.XmlText) {
    return { holder, index, words: wordsOf(holder).slice(index, end.index) };
  }
  if (!(holder instanceof Y.XmlElement) || holder.length > 0) return undefined;
  return { holder, index: 0, words: '' };
}

/** The first place where one run of the text reads so; undefined where none does. */
export function findWords(doc: Y.Doc, words: string): TextRange | undefined {
  for (const run of runsOf(doc.getXmlFragment(TEXT_FIELD))) {
    const index = wordsOf(run).indexOf(words);
    if (index >= 0) return rangeOf(run, index, words.length);
  }
  return undefined;
}

const runsOf = (holder: Y.XmlFragment): Y.XmlText[] =>
  holder
    .toArray()
    .flatMap((part) =>
      part instanceof Y.XmlText ? part : part instanceof Y.XmlElement ? runsOf(part) : [],
    );

/** Puts other words in the place of a found range, in the style of what they replace; what stays alike is not touched. */
export function replaceRange(found: FoundRange, replacement: string): void {
  const { holder, index, words } = found;
  if (holder instanceof Y.XmlElement) {
    if (replacement) holder.insert(0, [new Y.XmlText(replacement)]);
    return;
  }
  const { at, removed, inserted } = smallestChange(words, replacement);
  const style = styleAt(holder, removed > 0 ? index + at : index + at - 1);
  if (removed > 0) holder.delete(index + at, removed);
  if (inserted) holder.insert(index + at, inserted, style);
}

function resolve(doc: Y.Doc, text: Y.XmlFragment, position: string) {
  const relative = Y.createRelativePositionFromJSON(JSON.parse(position));
  const found = Y.createAbsolutePositionFromRelativePosition(relative, doc);
  return found && isInText(text, found.type) ? found : undefined;
}

/** Whether it is part of the text, and neither it nor what holds it has been deleted. */
function isInText(text: Y.XmlFragment, type: Y.AbstractType<unknown>): boolean {
  let holder: Y.AbstractType<unknown> | null = type;
  while (holder?._item) {
    if (holder._item.deleted) return false;
    holder = holder._item.parent as Y.AbstractType<unknown> | null;
  }
  return holder === text;
}

interface Piece {
  insert: string;
  attributes?: Record<string, unknown>;
}

const piecesOf = (words: Y.XmlText) => words.toDelta() as Piece[];

const wordsOf = (words: Y.XmlText): string =>
  piecesOf(words)
    .map(({ insert }) => insert)
    .join('');

/** Bold, a link and the like of the character at a place. */
function styleAt(words: Y.XmlText, at: number): Record<string, unknown> {
  let left = Math.max(0, at);
  for (const { insert, attributes } of piecesOf(words)) {
    if (left < insert.length) return attributes ?? {};
    left -= insert.length;
  }
  return {};
}
