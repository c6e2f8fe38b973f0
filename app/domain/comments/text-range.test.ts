import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FIELD } from '../lesson-texts/text-schema';
import { smallestChange } from './smallest-change';
import { findRange, rangeOf, replaceRange, type TextRange } from './text-range';
import { plain } from './testing-ranges';

function documentOf(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc();
  const elements = paragraphs.map((words) => {
    const paragraph = new Y.XmlElement('paragraph');
    if (words) paragraph.insert(0, [new Y.XmlText(words)]);
    return paragraph;
  });
  doc.getXmlFragment(TEXT_FIELD).insert(0, elements);
  return doc;
}

const paragraphOf = (doc: Y.Doc, at = 0) => doc.getXmlFragment(TEXT_FIELD).get(at) as Y.XmlElement;
const runOf = (doc: Y.Doc) => paragraphOf(doc).get(0) as Y.XmlText;

/** The acceptance of a suggestion, as the domain does it; whether it was made. */
function accept(doc: Y.Doc, range: TextRange, quote: string, replacement: string): boolean {
  const found = findRange(doc, range);
  if (found?.words !== quote) return false;
  replaceRange(found, replacement);
  return true;
}

const words = fc.string({ unit: fc.constantFrom('甲', '乙', '2', '±', '𠮷'), maxLength: 6 });

describe('the smallest change', () => {
  test('makes one text the other, and cuts no character', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const { at, removed, inserted } = smallestChange(before, after);
        expect(before.slice(0, at) + inserted + before.slice(at + removed)).toBe(after);
        for (const part of [before.slice(0, at), before.slice(at, at + removed), inserted]) {
          expect(part).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });
});

/** A simple model of a text: every character that ever was, in its place. */
interface Character {
  letter: string;
  deleted: boolean;
}

const shown = (characters: Character[]) => characters.filter(({ deleted }) => !deleted);
const read = (characters: Character[]) =>
  shown(characters)
    .map(({ letter }) => letter)
    .join('');

function modelInsert(model: Character[], index: number, letters: string): void {
  let at = index === 0 ? 0 : model.indexOf(shown(model)[index - 1]!) + 1;
  while (model[at]?.deleted) at += 1;
  model.splice(at, 0, ...[...letters].map((letter) => ({ letter, deleted: false })));
}

function modelDelete(model: Character[], index: number, length: number): void {
  for (const one of shown(model).slice(index, index + length)) one.deleted = true;
}

interface Suggested {
  range: TextRange;
  quote: string;
  replacement: string;
  first: Character;
  last: Character;
}

const place = fc.nat(30);
const letters = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'd'),
  minLength: 1,
  maxLength: 4,
});
const step = fc.oneof(
  fc.record({ does: fc.constant('write' as const), at: place, letters }),
  fc.record({
    does: fc.constant('delete' as const),
    at: place,
    length: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    does: fc.constant('suggest' as const),
    at: place,
    length: fc.integer({ min: 1, max: 5 }),
    letters: fc.oneof(letters, fc.constant('')),
  }),
  fc.record({ does: fc.constantFrom('accept' as const, 'reject' as const), at: place }),
);

test('edits, suggestions, acceptances and rejections in any order leave what a simple model has', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const doc = documentOf('装轴瓦');
      const run = runOf(doc);
      const model = [...'装轴瓦'].map((letter) => ({ letter, deleted: false }));
      const open: Suggested[] = [];
      for (const one of steps) {
        const length = shown(model).length;
        const at = one.at % (length + 1);
        if (one.does === 'write') {
          run.insert(at, one.letters);
          modelInsert(model, at, one.letters);
        } else if (one.does === 'delete') {
          const removed = Math.min(one.length, length - at);
          run.delete(at, removed);
          modelDelete(model, at, removed);
        } else if (one.does === 'suggest') {
          const quoted = shown(model).slice(at, at + one.length);
          const [first, last] = [quoted[0], quoted.at(-1)];
          if (!first || !last) continue;
          const range = rangeOf(run, at, quoted.length);
          open.push({ range, quote: read(quoted), replacement: one.letters, first, last });
        } else {
          const [suggestion] = open.splice(one.at % (open.length || 1), 1);
          if (!suggestion || one.does === 'reject') continue;
          const { range, quote, replacement, first, last } = suggestion;
          const within = model.slice(model.indexOf(first), model.indexOf(last) + 1);
          const reads = read(within) === quote;
          const start = shown(model.slice(0, model.indexOf(first))).length;
          expect(accept(doc, range, quote, replacement)).toBe(reads);
          if (!reads) continue;
          const change = smallestChange(quote, replacement);
          modelDelete(model, start + change.at, change.removed);
          if (change.inserted) modelInsert(model, start + change.at, change.inserted);
        }
        expect(plain(run)).toBe(read(model));
      }
    }),
    { numRuns: 300 },
  );
});

test('an accepted suggestion replaces exactly its words, whatever others write around it at the same time', () => {
  const side = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 8 });
  const edit = fc.record({ left: fc.boolean(), at: fc.nat(20), letters: fc.option(letters) });
  fc.assert(
    fc.property(
      side,
      words,
      words,
      side,
      fc.array(edit, { maxLength: 12 }),
      (left, quote, replacement, right, edits) => {
        const doc = documentOf(left + quote + right);
        const range = rangeOf(runOf(doc), left.length, quote.length);
        const other = new Y.Doc();
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
        const sides = { left, right };
        // Within each side, so that what is written at its edge does not stand at the suggestion's.
        for (const one of edits) {
          const key = one.left ? 'left' : 'right';
          const text = sides[key];
          const start = one.left ? 0 : sides.left.length + quote.length;
          const at = 1 + (one.at % (text.length - 1));
          if (one.letters !== null) {
            runOf(other).insert(start + at, one.letters);
            sides[key] = text.slice(0, at) + one.letters + text.slice(at);
          } else if (text.length > 2 && at < text.length - 1) {
            runOf(other).delete(start + at, 1);
            sides[key] = text.slice(0, at) + text.slice(at + 1);
          }
        }
        expect(accept(doc, range, quote, replacement)).toBe(true);
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
        const wanted = sides.left + replacement + sides.right;
        expect([plain(runOf(doc)), plain(runOf(other))]).toEqual([wanted, wanted]);
      },
    ),
  );
});

describe('a range', () => {
  test('does not take in what is written at its edges', () => {
    const doc = documentOf('拧紧到210N·m');
    const range = rangeOf(runOf(doc), 3, 3);
    runOf(doc).insert(6, '±5');
    runOf(doc).insert(3, '约');
    expect(findRange(doc, range)?.words).toBe('210');
  });

  test('whose block was removed is gone, in an empty block it is there', () => {
    const doc = documentOf('', '留着');
    const range = rangeOf(paragraphOf(doc), 0, 0);
    expect(accept(doc, range, '', '先断电')).toBe(true);
    expect(plain(runOf(doc))).toBe('先断电');
    const words = rangeOf(runOf(doc), 0, 1);
    doc.getXmlFragment(TEXT_FIELD).delete(0, 1);
    expect(findRange(doc, words)).toBeUndefined();
    expect(findRange(doc, range)).toBeUndefined();
  });

  test('is replaced in the style of what it replaces', () => {
    const doc = documentOf('扭矩210');
    runOf(doc).format(2, 3, { bold: true });
    accept(doc, rangeOf(runOf(doc), 2, 3), '210', '220±5');
    expect(runOf(doc).toDelta()).toEqual([
      { insert: '扭矩' },
      { insert: '220±5', attributes: { bold: true } },
    ]);
  });
});
