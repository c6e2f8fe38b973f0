import * as Y from 'yjs';
import { TEXT_FIELD } from '../lesson-texts/text-schema';
import { rangeOf, type TextRange } from './text-range';

/** For tests: the runs of words of a document, in their order. */
export function runsOf(holder: Y.XmlFragment): Y.XmlText[] {
  return holder
    .toArray()
    .flatMap((part) =>
      part instanceof Y.XmlText ? part : part instanceof Y.XmlElement ? runsOf(part) : [],
    );
}

export const plain = (run: Y.XmlText) =>
  (run.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');

/** For tests: the range that reads so, as an anchor; the place after `after` for an insertion. */
export function anchorAt(doc: Y.Doc, quote: string, after = '') {
  const wanted = after + quote;
  const run = runsOf(doc.getXmlFragment(TEXT_FIELD)).find((one) => plain(one).includes(wanted));
  if (!run) throw new Error(`no ${wanted}`);
  const range: TextRange = rangeOf(run, plain(run).indexOf(wanted) + after.length, quote.length);
  return { kind: 'text' as const, ...range, quote };
}
