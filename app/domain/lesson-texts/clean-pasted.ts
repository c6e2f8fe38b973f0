import { parseDocument } from 'htmlparser2';
import { LESSON_FILE } from './lesson-file-address';
import { formulaOf } from './pasted-formulas';
import { linkOf, marksOf, sizeOf, styleOf, type Mark } from './pasted-styles';
import { isListed, renderWordList } from './pasted-lists';

/** What was copied from another program, as a lesson's text can take it. */
export interface Pasted {
  html: string;
  /** Pictures that came along, as `data:` addresses; the html names each as `pasted:` and its number. */
  images: string[];
  /** Pictures that did not: they lie on somebody's disk or site. */
  lostImages: number;
}

/** A node as the parser gives it. */
export interface PastedNode {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: PastedNode[];
}

/** Set around a piece of text already; in a heading bold says nothing. */
type Around = ReadonlySet<Mark>;

const DROPPED = new Set(
  'head style script noscript meta link title xml iframe object embed svg canvas video audio form input button select textarea'.split(
    ' ',
  ),
);
const BLOCKS = new Set(
  'p div section article header footer main aside h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tfoot tr td th blockquote pre hr'.split(
    ' ',
  ),
);
const HEADING = /^h([1-6])$/;
/** A short bold line from this size on (px) is a heading where an editor knows none. */
const HEADING_PX = 18;
const HEADING_LENGTH = 40;
const PICTURE = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=\s]+$/;

/**
 * Cleans what Word, WeChat articles and other pages put on the clipboard: headings, paragraphs, lists (Word's, too,
 * which it draws with paragraphs), tables, formulas that say their LaTeX, bold, italic, links stay; styles, comments and what belongs to the other
 * program go. The server sanitises what becomes of it anyway: this is about a text that reads well.
 */
export function cleanPasted(html: string): Pasted {
  const document = parseDocument(html) as unknown as PastedNode;
  const cleaner = new Cleaner(/<h1[\s>]/i.test(html));
  return {
    html: cleaner.blocks(document.children ?? []),
    images: cleaner.images,
    lostImages: cleaner.lostImages,
  };
}

class Cleaner {
  readonly images: string[] = [];
  lostImages = 0;
  readonly #shift: number;

  /** Where a page has a heading of the first level, its others move down with it: a lesson has its own title. */
  constructor(hasTop: boolean) {
    this.#shift = hasTop ? 1 : 0;
  }

  blocks(nodes: readonly PastedNode[]): string {
    let html = '';
    let words: PastedNode[] = [];
    const flush = () => {
      html += this.#paragraph(words, new Set());
      words = [];
    };
    for (let at = 0; at < nodes.length; at += 1) {
      const node = nodes[at]!;
      if (isListed(node)) {
        flush();
        let end = at;
        while (nodes[end] && (isListed(nodes[end]!) || isBlank(nodes[end]!))) end += 1;
        const items = nodes.slice(at, end).filter(isListed);
        html += renderWordList(items, (item) =>
          trimLine(this.#words(item.children ?? [], new Set())),
        );
        at = end - 1;
      } else if (isBlock(node)) {
        flush();
        html += this.#block(node);
      } else if (holdsBlock(node)) {
        flush();
        html += isHidden(node) ? '' : this.blocks(node.children ?? []);
      } else words.push(node);
    }
    flush();
    return html;
  }

  #block(node: PastedNode): string {
    const { name = '', children = [], attribs = {} } = node;
    if (isHidden(node)) return '';
    const level = HEADING.exec(name)?.[1];
    if (level) return this.#heading(Math.min(4, Math.max(2, Number(level) + this.#shift)), node);
    if (name === 'table') return this.#table(node);
    if (name === 'ul' || name === 'ol') {
      const items = children.filter((child) => child.name === 'li');
      const inner = items
        .map((item) => this.blocks(item.children ?? []))
        .map((item) => (item ? `<li>${item}</li>` : ''))
        .join('');
      return inner ? `<${name}>${inner}</${name}>` : '';
    }
    if (name === 'hr') return '<hr>';
    if (name === 'pre') return `<pre><code>${escape(textOf(node))}</code></pre>`;
    const callout = name === 'section' ? attribs['data-callout'] : undefined;
    if (callout)
      return `<section data-callout="${escape(callout)}">${this.blocks(children)}</section>`;
    const inner = children.some(holdsBlock) ? this.blocks(children) : this.#line(node);
    return name === 'blockquote' && inner ? `<blockquote>${inner}</blockquote>` : inner;
  }

  #line(node: PastedNode): string {
    if (/^MsoTitle$/.test(node.attribs?.class ?? '')) return this.#heading(2, node);
    const text = textOf(node).trim();
    const looksLikeHeading =
      text !== '' && text.length <= HEADING_LENGTH && isLoud(node, { bold: false, px: 0 });
    if (looksLikeHeading) return this.#heading(3, node);
    return this.#paragraph([node], new Set());
  }

  #heading(level: number, node: PastedNode): string {
    const words = trimLine(this.#words(node.children ?? [], new Set(['strong'])));
    return words ? `<h${level}>${words}</h${level}>` : '';
  }

  #paragraph(nodes: readonly PastedNode[], around: Around): string {
    const words = trimLine(this.#words(nodes, around));
    return words ? `<p>${words}</p>` : '';
  }

  #table(table: PastedNode): string {
    const rows = allNamed(table, 'tr').map((row) => {
      const cells = (row.children ?? []).filter(({ name }) => name === 'td' || name === 'th');
      const inner = cells.map((cell) => {
        const spans = ['colspan', 'rowspan'].flatMap((span) => {
          const value = cell.attribs?.[span] ?? '';
          return /^\d{1,2}$/.test(value) && value !== '1' ? [` ${span}="${value}"`] : [];
        });
        const content = this.blocks(cell.children ?? []) || '<p></p>';
        return `<${cell.name}${spans.join('')}>${content}</${cell.name}>`;
      });
      return `<tr>${inner.join('')}</tr>`;
    });
    return rows.length > 0 ? `<table><tbody>${rows.join('')}</tbody></table>` : '';
  }

  #words(nodes: readonly PastedNode[], around: Around): string {
    return nodes.map((node) => this.#word(node, around)).join('');
  }

  #word(node: PastedNode, around: Around): string {
    const { type, name = '', data = '', attribs = {}, children = [] } = node;
    if (type === 'text') return escape(closeUp(data));
    if (!isElement(node) || isHidden(node)) return '';
    if (name === 'br') return '<br>';
    if (name === 'img') return this.#picture(attribs);
    const formula = formulaOf(node);
    if (formula) {
      const apart = formula.apart ? ' data-apart="true"' : '';
      return `<span data-formula="${escape(formula.latex)}"${apart}></span>`;
    }
    const marks = marksOf(node).filter((mark) => !around.has(mark));
    const inner = this.#words(children, new Set([...around, ...marks]));
    if (textIn(inner).trim() === '' && !/<img|data-formula/.test(inner))
      return inner === '' ? '' : ' ';
    const href = name === 'a' ? linkOf(attribs.href ?? '') : undefined;
    const linked = href ? `<a href="${escape(href)}">${inner}</a>` : inner;
    return marks.reduce((html, mark) => `<${mark}>${html}</${mark}>`, linked);
  }

  #picture(attribs: Record<string, string>): string {
    const src = attribs['data-src'] ?? attribs.src ?? '';
    const alt = escape(attribs.alt ?? '');
    if (LESSON_FILE.test(src)) {
      const size = ['width', 'height'].flatMap((side) => {
        const pixels = attribs[side] ?? '';
        return /^\d{1,4}$/.test(pixels) ? [` ${side}="${pixels}"`] : [];
      });
      return `<img src="${src}" alt="${alt}"${size.join('')}>`;
    }
    if (!PICTURE.test(src)) {
      this.lostImages += 1;
      return '';
    }
    this.images.push(src);
    return `<img src="pasted:${this.images.length - 1}" alt="${alt}">`;
  }
}

const isElement = ({ type, name = '' }: PastedNode) =>
  (type === 'tag' && !DROPPED.has(name) && !/^(?!o:p$)\w+:/.test(name)) || name === 'o:p';
const isBlock = (node: PastedNode) => isElement(node) && BLOCKS.has(node.name ?? '');

function isHidden(node: PastedNode): boolean {
  const style = styleOf(node);
  return style['mso-list']?.toLowerCase() === 'ignore' || style.display === 'none';
}

function isBlank(node: PastedNode): boolean {
  return !isElement(node) ? node.type !== 'text' || !node.data?.trim() : false;
}

function holdsBlock(node: PastedNode): boolean {
  return isElement(node) && (isBlock(node) || (node.children ?? []).some(holdsBlock));
}

/** Whether every letter is bold and large. */
function isLoud(node: PastedNode, around: { bold: boolean; px: number }): boolean {
  if (node.type === 'text') return !node.data?.trim() || (around.bold && around.px >= HEADING_PX);
  if (!isElement(node)) return true;
  const bold = around.bold || marksOf(node).includes('strong');
  const px = sizeOf(node) ?? around.px;
  return (node.children ?? []).every((child) => isLoud(child, { bold, px }));
}

function allNamed(node: PastedNode, name: string): PastedNode[] {
  return (node.children ?? []).flatMap((child) => {
    if (child.name === name) return [child];
    return child.name === 'table' ? [] : allNamed(child, name);
  });
}

function textOf(node: PastedNode): string {
  if (node.type === 'text') return node.data ?? '';
  return isElement(node) && !isHidden(node) ? (node.children ?? []).map(textOf).join('') : '';
}

/** Lines are broken anywhere in a source; between Chinese letters nothing stands for that. */
function closeUp(text: string): string {
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/([\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])/g, '$1')
    .replace(/\s+/g, ' ');
}

/** Without what would be empty lines at its ends. */
const trimLine = (html: string) => html.replace(/^(\s|<br>)+|(\s|<br>)+$/g, '');

const textIn = (html: string) => html.replace(/<[^>]*>/g, '');

const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
