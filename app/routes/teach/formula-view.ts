import { APPLICATION, Formula, MOST_LATEX } from '~/domain/lesson-texts/formula-node';

/** Draws LaTeX into an element, as readers will see it; what cannot be read is shown as typed. False then. */
export async function drawLatex(
  into: HTMLElement,
  latex: string,
  apart: boolean,
): Promise<boolean> {
  const { default: katex } = await import('katex');
  try {
    katex.render(latex.slice(0, MOST_LATEX), into, {
      output: 'mathml',
      displayMode: apart,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 10,
    });
    for (const sign of into.querySelectorAll('mo')) {
      if (sign.textContent === APPLICATION) sign.remove();
    }
    return true;
  } catch {
    const code = document.createElement('code');
    code.textContent = latex;
    into.replaceChildren(code);
    return false;
  }
}

/** A formula in the editor, drawn. */
export const DrawnFormula = Formula.extend({
  addNodeView: () => (given) => {
    let { node } = given;
    const dom = document.createElement('span');
    const show = () => {
      const latex = String(node.attrs.latex);
      const apart = node.attrs.apart === true;
      dom.setAttribute('data-formula', latex);
      dom.toggleAttribute('data-apart', apart);
      void drawLatex(dom, latex, apart);
    };
    show();
    return {
      dom,
      update(next) {
        if (next.type !== node.type) return false;
        node = next;
        show();
        return true;
      },
      ignoreMutation: () => true,
    };
  },
});
