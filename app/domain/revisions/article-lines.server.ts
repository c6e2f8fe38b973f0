import { diffArrays, diffWordsWithSpace } from 'diff';
import { parseDocument } from 'htmlparser2';

const BLOCKS = new Set(
  'p h2 h3 h4 li tr pre blockquote aside figcaption table ul ol div figure'.split(' '),
);

interface Node {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: Node[];
}

/** What an article says, a line for each block; a picture is a line with its description. */
export function articleLines(html: string): string[] {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    if (line.trim() !== '') lines.push(line.replace(/\s+/g, ' ').trim());
    line = '';
  };
  const walk = (nodes: readonly Node[]) => {
    for (const { type, name, data, attribs, children } of nodes) {
      const latex = attribs?.['data-formula'];
      if (latex !== undefined) {
        line += ` ${latex} `;
        continue;
      }
      if (type === 'text') line += data ?? '';
      const block = BLOCKS.has(name ?? '');
      if (block || name === 'br') end();
      if (name === 'img') line += ` [${attribs?.alt ?? ''}] `;
      if (children) walk(children);
      if (name === 'td' || name === 'th') line += ' ';
      if (block) end();
    }
  };
  walk(parseDocument(html).children);
  end();
  return lines;
}

/** A line of a comparison: as it was, taken out, put in, or changed within. */
export interface LineChange {
  kind: 'same' | 'removed' | 'added' | 'changed';
  parts: { text: string; kind: 'same' | 'removed' | 'added' }[];
}

/** What became of one article in another, line by line; a line that was replaced by one is compared word by word. */
export function compareArticles(before: string, after: string): LineChange[] {
  const changes: LineChange[] = [];
  const whole = (kind: 'same' | 'removed' | 'added', text: string): LineChange => ({
    kind,
    parts: [{ text, kind }],
  });
  const runs = diffArrays(articleLines(before), articleLines(after));
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at]!;
    const next = runs[at + 1];
    if (run.removed && next?.added && run.value.length === next.value.length) {
      run.value.forEach((line, index) => changes.push(compareLines(line, next.value[index]!)));
      at += 1;
      continue;
    }
    const kind = run.removed ? 'removed' : run.added ? 'added' : 'same';
    changes.push(...run.value.map((line) => whole(kind, line)));
  }
  return changes;
}

function compareLines(before: string, after: string): LineChange {
  return {
    kind: 'changed',
    parts: diffWordsWithSpace(before, after, { intlSegmenter: segmenter }).map((part) => ({
      text: part.value,
      kind: part.removed ? 'removed' : part.added ? 'added' : 'same',
    })),
  };
}

/** Chinese has no spaces between its words. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
