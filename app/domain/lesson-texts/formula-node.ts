import { InputRule, Node } from '@tiptap/core';

/** Longer ones are papers of their own. */
export const MOST_LATEX = 1_000;

/**
 * The invisible sign between a function's name and what it is of. KaTeX writes it as one part too many into indices and
 * fractions (`D_{\max}`), which browsers then draw as a plain row; so it is left out.
 */
export const APPLICATION = '\u2061';

/** A formula as it was typed, in LaTeX, within the words or on a line of its own. */
export const Formula = Node.create({
  name: 'formula',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    latex: {
      default: '',
      parseHTML: (element: HTMLElement) => element.getAttribute('data-formula') ?? '',
    },
    apart: {
      default: false,
      parseHTML: (element: HTMLElement) => element.getAttribute('data-apart') === 'true',
    },
  }),
  parseHTML: () => [{ tag: 'span[data-formula]', priority: 60 }],
  renderHTML: ({ node }) => {
    const latex = String(node.attrs.latex).slice(0, MOST_LATEX);
    const apart = node.attrs.apart === true ? { 'data-apart': 'true' } : {};
    return ['span', { 'data-formula': latex, ...apart }, latex];
  },
  renderText: ({ node }) => String(node.attrs.latex),
  addInputRules() {
    return [
      // $$…$$, as those type who know LaTeX.
      new InputRule({
        find: /\$\$([^$]+)\$\$$/,
        handler: ({ range, match, chain }) => {
          const attrs = { latex: (match[1] ?? '').trim(), apart: false };
          chain().deleteRange(range).insertContent({ type: 'formula', attrs }).run();
        },
      }),
    ];
  },
});
