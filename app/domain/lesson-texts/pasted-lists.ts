import type { PastedNode } from './clean-pasted';
import { styleOf } from './pasted-styles';

/** How Word marks a paragraph of a list: `mso-list:l0 level1 lfo1`. */
const LISTED = /^l\d+ level(\d+)/;
/** Numbers, letters and Chinese numbers, with what follows them; bullets are drawn with letters of other fonts. */
const NUMBERED = /^[(（]?([0-9]+|[a-z]|[ivx]+|[一二三四五六七八九十]+)[.、)）．]/i;

interface Item {
  level: number;
  ordered: boolean;
  html: string;
}

/** Whether Word draws this paragraph as an item of a list. */
export function isListed(node: PastedNode): boolean {
  return node.name === 'p' && LISTED.test(styleOf(node)['mso-list'] ?? '');
}

/** Paragraphs that follow one another in a Word list, as the list that they are. */
export function renderWordList(
  nodes: readonly PastedNode[],
  render: (node: PastedNode) => string,
): string {
  const items = nodes.map((node): Item => {
    const level = Number(LISTED.exec(styleOf(node)['mso-list'] ?? '')?.[1] ?? 1);
    return { level, ordered: NUMBERED.test(markerOf(node)), html: render(node) };
  });
  return nest(items.filter(({ html }) => html !== ''));
}

/** What Word draws before the words: it says itself that others should ignore it. */
function markerOf(node: PastedNode): string {
  if (styleOf(node)['mso-list'] === 'ignore') return textIn(node).trim();
  return (node.children ?? []).map(markerOf).find((marker) => marker !== '') ?? '';
}

const textIn = (node: PastedNode): string =>
  node.type === 'text' ? (node.data ?? '') : (node.children ?? []).map(textIn).join('');

/** Deeper items belong to the item before them; where the kind changes a new list begins. */
function nest(items: readonly Item[]): string {
  let html = '';
  for (let at = 0; at < items.length;) {
    const { level, ordered } = items[at]!;
    const name = ordered ? 'ol' : 'ul';
    let list = '';
    while (items[at] && items[at]!.level >= level && items[at]!.ordered === ordered) {
      const item = items[at]!;
      let end = at + 1;
      while (items[end] && items[end]!.level > level) end += 1;
      list += `<li><p>${item.html}</p>${nest(items.slice(at + 1, end))}</li>`;
      at = end;
    }
    html += `<${name}>${list}</${name}>`;
  }
  return html;
}
