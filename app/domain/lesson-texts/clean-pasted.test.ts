import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { sanitizeArticle } from '../courses/sanitize-article.server';
import { cleanPasted } from './clean-pasted';
import { articleOfDocument, documentOfArticle } from './convert-text.server';
import { FROM_WECHAT, FROM_WORD } from './testing-pasted';

describe('what is pasted', () => {
  test('from Word keeps headings, lists as lists, tables and emphasis, and nothing of Word', () => {
    const { html, images, lostImages } = cleanPasted(FROM_WORD);
    expect(html).toBe(
      '<h2>1 主轴承间隙的测量</h2>' +
        '<p>拆下主轴承盖，把塑料间隙规放在轴颈上，按<strong>规定扭矩</strong>拧紧，<em>不得转动</em>曲轴。</p>' +
        '<h3>要准备的</h3>' +
        '<ul><li><p>塑料间隙规</p><ul><li><p>绿色，0.025 mm 起</p></li></ul></li><li><p>扭力扳手</p></li></ul>' +
        '<ol><li><p>擦净轴颈</p></li><li><p>放上间隙规，见<a href="https://example.org/gb">GB/T 1</a>和第二节</p></li></ol>' +
        '<table><tbody><tr><td colspan="2"><p><strong>间隙（mm）</strong></p></td></tr>' +
        '<tr><td><p>新</p></td><td><p>0.04</p></td></tr></tbody></table>',
    );
    expect([images, lostImages]).toEqual([[], 1]);
  });

  test('from a WeChat article keeps what it says, its headings by their looks', () => {
    const { html, lostImages } = cleanPasted(FROM_WECHAT);
    expect(html).toBe(
      '<h3>开机前看三处</h3>' +
        '<p>班前会上老师傅说：<strong>防护门关好</strong>、油位到线、<em>急停</em>弹起。</p>' +
        '<ul><li><p>门没关好，主轴不转</p></li><li><p>油位低于下线，停机加油</p></li></ul>',
    );
    expect(lostImages).toBe(1);
  });

  test('brings pictures along that are in it', () => {
    const src = 'data:image/png;base64,iVBORw0KGgo=';
    expect(cleanPasted(`<p>如图</p><img src="${src}" alt="量具">`)).toEqual({
      html: '<p>如图</p><p><img src="pasted:0" alt="量具"></p>',
      images: [src],
      lostImages: 0,
    });
  });

  test.each([
    ['\\frac{D-d}{2}', ''],
    ['D_{\\max}&lt;1', ' data-apart="true"'],
  ])('of a lesson that was copied keeps its formulas: %s', (latex, apart) => {
    const article = `<p>间隙<span data-formula="${latex}"${apart}></span>毫米</p>`;
    expect(cleanPasted(sanitizeArticle(article)).html).toBe(article);
  });

  test('of a page with formulas takes them as they were typed there', () => {
    const math = '<math display="block"><semantics><mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow>';
    const typed = '<annotation encoding="application/x-tex">x&lt;y</annotation></semantics></math>';
    const formula = '<span data-formula="x&lt;y" data-apart="true"></span>';
    const katex = `<span class="katex"><span class="katex-mathml">${math}${typed}</span><span class="katex-html">x&lt;y</span></span>`;
    expect(cleanPasted(`<p>设${katex}时</p>`).html).toBe(`<p>设${formula}时</p>`);
    expect(cleanPasted(`<div>${math}${typed}</div>`).html).toBe(`<p>${formula}</p>`);
    expect(cleanPasted('<p>设<math><mi>x</mi></math></p>').html).toBe('<p>设x</p>');
  });

  test('reads the same in the text that it becomes', () => {
    for (const pasted of [FROM_WORD, FROM_WECHAT]) {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, documentOfArticle(cleanPasted(pasted).html));
      const words = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
      expect(words(articleOfDocument(doc))).toBe(words(cleanPasted(pasted).html));
    }
  });

  test.each([
    ['<b style="font-weight:normal"><p>一</p></b>', '<p>一</p>'],
    ['<p>一<br>二<br></p>', '<p>一<br>二</p>'],
    ['<p onclick="steal()">一<a href="javascript:steal()">二</a></p>', '<p>一二</p>'],
    ['光有字', '<p>光有字</p>'],
    ['<pre>G01 X10\n  Z&lt;5</pre>', '<pre><code>G01 X10\n  Z&lt;5</code></pre>'],
    [
      '<section data-callout="warning"><p>断电</p></section>',
      '<section data-callout="warning"><p>断电</p></section>',
    ],
    [
      '<p>10<sup>3</sup><span style="vertical-align:sub">n</span></p>',
      '<p>10<sup>3</sup><sub>n</sub></p>',
    ],
  ])('of %s is kept: %s', (html, clean) => {
    expect(cleanPasted(html).html).toBe(clean);
  });

  test('whatever it is, brings no program, and cleaning it twice changes nothing more', () => {
    const pieces = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '<ul><li>',
        '</li></ul>',
        '<script>',
        '<img src=x onerror=a()>',
      ],
      ...[
        '<table><tr><td>',
        '</table>',
        '<o:p>',
        '量',
        ' ',
        '<a href="javascript:a()">',
        '<!--[if x]>',
      ],
      ...[
        "<p style='mso-list:l0 level2 lfo1'>",
        '<span style="font-weight:bold">',
        '</span>',
        '<br>',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const { html } = cleanPasted(parts.join(''));
        expect(html).not.toMatch(/<script|onerror|javascript|mso-|style=/);
        expect(cleanPasted(html).html).toBe(html);
        expect(sanitizeArticle(html).length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
