import fc from 'fast-check';
import { DomUtils, parseDocument, Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isBlankArticle, sanitizeArticle } from '../courses/sanitize-article.server';
import { articleLines } from '../revisions/article-lines.server';
import { articleOfDocument, documentOfArticle } from './convert-text.server';

const formula = (latex: string, apart = '') =>
  `<p>间隙<span data-formula="${latex}"${apart}></span>毫米</p>`;
/** How many children browsers take of these; of more they draw none where it belongs. */
const PARTS: Record<string, number> = { msub: 2, msup: 2, msubsup: 3, mfrac: 2, mroot: 2 };

/** Tags and attributes that an article may never have, as a browser would read them. */
function dangersIn(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (/^(script|img|iframe|svg|style|b|annotation-xml)$/.test(name)) found.push(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^(on|style|class)/.test(attribute) || /^\s*javascript:/i.test(value)) {
          found.push(`${name} ${attribute}`);
        }
      }
    },
  });
  parser.end(html);
  return found;
}

const thereAndBack = (html: string) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, documentOfArticle(html));
  return articleOfDocument(doc);
};

describe('a formula', () => {
  test('is drawn as MathML, which keeps its LaTeX', () => {
    const html = sanitizeArticle(formula('\\frac{D-d}{2}'));
    expect(html).toContain('<span data-formula="\\frac{D-d}{2}"><math');
    expect(html).toContain('<mfrac>');
    expect(html).not.toMatch(/class=|style=|<script/);
    expect(sanitizeArticle(html)).toBe(html);
    expect(thereAndBack(html)).toBe(html);
    expect(sanitizeArticle(formula('x^2', ' data-apart="true"'))).toContain('display="block"');
    expect(isBlankArticle(html)).toBe(false);
    expect(articleLines(html)).toEqual(['间隙 \\frac{D-d}{2} 毫米']);
  });

  test.each([
    'D_{\\max}-d_{\\min}',
    '\\frac{\\sin}{\\cos}',
    '\\sqrt[\\min]{x}',
    'x_{\\max}^{\\min}',
  ])('with names of functions has as many parts as MathML wants: %s', (latex) => {
    const drawn = parseDocument(sanitizeArticle(formula(latex)), { xmlMode: true });
    const scripts = DomUtils.findAll(({ name }) => name in PARTS, drawn);
    expect(scripts.length).toBeGreaterThan(0);
    for (const { name, children } of scripts) expect(children).toHaveLength(PARTS[name] ?? 0);
  });

  test('that nobody can read is shown as it was typed', () => {
    expect(sanitizeArticle(formula('\\frac{1'))).toContain('<code>\\frac{1</code>');
    expect(sanitizeArticle(formula('\\frac{&lt;b&gt;'))).toContain('<code>\\frac{&lt;b&gt;</code>');
  });

  test.each([
    '<p><span data-formula="x"><img src=x onerror=steal()><script>steal()</script></span></p>',
    '<p><math><mtext><img src=x onerror="steal()"></mtext><annotation-xml encoding="text/html"><script>steal()</script></annotation-xml></math>文</p>',
    '<p><span data-formula="\\href{javascript:steal()}{x}"></span></p>',
    '<p><span data-formula="\\htmlData{onclick=steal()}{x}"></span></p>',
    '<p><span data-formula="\\includegraphics{https://elsewhere.example/x.png}"></span></p>',
    '<p><span data-formula="&quot;&gt;&lt;script&gt;steal()&lt;/script&gt;"></span></p>',
    '<p><span data-formula="\\text{&lt;img src=x onerror=steal()&gt;}"></span></p>',
    '<p><span class="x" onclick="steal()" style="position:fixed">文</span></p>',
    '<aside data-lesson="x" onclick="steal()"><a href="javascript:steal()">文</a></aside>',
  ])('brings no program with it: %s', (html) => {
    const clean = sanitizeArticle(html);
    expect(dangersIn(clean)).toEqual([]);
    expect(sanitizeArticle(clean)).toBe(clean);
  });

  test('whatever is typed as LaTeX leaves an article that sanitising does not change', () => {
    const pieces = fc.constantFrom(
      ...[
        '\\frac',
        '{',
        '}',
        '^',
        '_',
        'a',
        '<b>',
        '"',
        '&',
        '\\text{',
        '\\\\',
        '$',
        '\\left(',
        '量',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (typed) => {
        const latex = typed
          .join('')
          .replaceAll('&', '&amp;')
          .replaceAll('"', '&quot;')
          .replaceAll('<', '&lt;');
        const clean = sanitizeArticle(formula(latex));
        expect(dangersIn(clean)).toEqual([]);
        expect(sanitizeArticle(clean)).toBe(clean);
      }),
    );
  });
});
