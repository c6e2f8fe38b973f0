import type { PastedNode } from './clean-pasted';
import { MOST_LATEX } from './formula-node';

/**
 * The LaTeX of a formula on another page, or in another lesson: as KaTeX, MathJax and Wikipedia write it down within
 * their MathML. Undefined for what is no formula, or does not say how it was typed.
 */
export function formulaOf(node: PastedNode): { latex: string; apart: boolean } | undefined {
  const { name, attribs = {} } = node;
  const own = name === 'span' ? attribs['data-formula'] : undefined;
  if (own !== undefined) return formula(own, attribs['data-apart'] === 'true');
  // Beside its MathML it is drawn once more, letter by letter.
  const drawn = /(^|\s)(katex|mwe-math-element)(\s|$)/.test(attribs.class ?? '');
  const math =
    name === 'math' ? node : drawn ? find(node, ({ name: one }) => one === 'math') : undefined;
  const typed = math && find(math, (one) => one.attribs?.encoding === 'application/x-tex');
  return typed && formula(wordsOf(typed), math.attribs?.display === 'block');
}

function formula(typed: string, apart: boolean) {
  const latex = typed.trim();
  return latex === '' || latex.length > MOST_LATEX ? undefined : { latex, apart };
}

function find(node: PastedNode, is: (one: PastedNode) => boolean): PastedNode | undefined {
  for (const child of node.children ?? []) {
    const found = is(child) ? child : find(child, is);
    if (found) return found;
  }
  return undefined;
}

const wordsOf = (node: PastedNode): string =>
  node.data ?? (node.children ?? []).map(wordsOf).join('');
