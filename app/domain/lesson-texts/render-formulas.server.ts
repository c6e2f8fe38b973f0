import { parseDocument, DomUtils } from 'htmlparser2';
import katex from 'katex';
import sanitizeHtml from 'sanitize-html';
import { APPLICATION, MOST_LATEX } from './formula-node';

const MATH_TAGS = (
  'math semantics annotation mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder ' +
  'munderover mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts none'
).split(' ');
const MATH_ATTRIBUTES = (
  'display xmlns encoding mathvariant stretchy fence separator lspace rspace symmetric form minsize maxsize ' +
  'movablelimits accent accentunder linethickness displaystyle scriptlevel columnalign rowalign columnspacing ' +
  'rowspacing columnlines rowlines width height depth voffset notation largeop mathcolor mathbackground'
).split(' ');

/** Takes out what stands within formulas: what is shown is always drawn anew from the LaTeX. */
export function emptyFormulas(html: string): string {
  if (!html.includes('data-formula')) return html;
  const document = parseDocument(html);
  for (const formula of DomUtils.findAll(({ attribs }) => 'data-formula' in attribs, document)) {
    for (const child of [...formula.children]) DomUtils.removeElement(child);
  }
  return DomUtils.getInnerHTML(document);
}

/**
 * Draws the formulas of a sanitised article, which are empty, as MathML, which browsers show without a program. What
 * KaTeX says is sanitised too; LaTeX that it cannot read is shown as it was typed.
 */
export function drawFormulas(html: string): string {
  return html.replace(
    /<span data-formula="([^"]*)"( data-apart="true")?><\/span>/g,
    (_whole, latex: string, apart = '') =>
      `<span data-formula="${latex}"${apart}>${draw(unescape(latex), apart !== '')}</span>`,
  );
}

function draw(latex: string, apart: boolean): string {
  try {
    const drawn = katex.renderToString(latex.slice(0, MOST_LATEX), {
      output: 'mathml',
      displayMode: apart,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 10,
    });
    return sanitizeHtml(drawn, {
      allowedTags: MATH_TAGS,
      allowedAttributes: { '*': MATH_ATTRIBUTES },
      disallowedTagsMode: 'discard',
      exclusiveFilter: ({ tag, text }) => tag === 'mo' && text === APPLICATION,
    });
  } catch {
    return `<code>${sanitizeHtml(latex, { disallowedTagsMode: 'escape', allowedTags: [] })}</code>`;
  }
}

const unescape = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
