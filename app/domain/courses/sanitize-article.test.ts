import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBlankArticle, sanitizeArticle } from './sanitize-article.server';

describe('an article', () => {
  test.each([
    ['headings, lists and emphasis stay', '<h2>用前</h2><ul><li><strong>擦净</strong></li></ul>'],
    [
      'tables stay',
      '<table><tbody><tr><th colspan="2">部位</th></tr><tr><td>主轴承</td><td>0.15</td></tr></tbody></table>',
    ],
  ])('%s', (_title, html) => {
    expect(sanitizeArticle(html)).toBe(html);
  });

  test.each([
    ['<p style="position:fixed" class="x" id="y">文</p>', '<p>文</p>'],
    ['<p onmouseover="steal()">文</p>', '<p>文</p>'],
    ['<script>steal()</script><style>p{}</style>文', '文'],
    ['<img src="https://elsewhere.example/x.png" onerror="steal()">文', '文'],
    ['<iframe src="https://elsewhere.example"></iframe>文', '文'],
    [
      '<svg><a xlink:href="javascript:steal()">文</a></svg>',
      '<a rel="noopener noreferrer nofollow">文</a>',
    ],
    ['<img src="/lesson-files/../sign-out" alt="x">文', '文'],
    [
      '<a href="https://x.example" data-file="9">文</a>',
      '<a href="https://x.example" rel="noopener noreferrer nofollow">文</a>',
    ],
    ['<section class="x" data-callout="evil">文</section>', '<section>文</section>'],
    ['<form action="/sign-out"><input name="a"><button>文</button></form>', '文'],
    ['<td colspan="9999999">文</td>', '<td>文</td>'],
    ['<h1>题</h1><b>粗</b><i>斜</i>', '<h2>题</h2><strong>粗</strong><em>斜</em>'],
  ])('what may harm is dropped: %s', (html, clean) => {
    expect(sanitizeArticle(html)).toBe(clean);
  });

  test.each([
    ['https://example.cn/a', true],
    ['tel:0536-8000000', true],
    ['mailto:a@example.cn', true],
    ['/learn', true],
    ['javascript:steal()', false],
    ['JaVaScRiPt:steal()', false],
    [' java\nscript:steal()', false],
    ['data:text/html,x', false],
    ['vbscript:x', false],
    ['//elsewhere.example', false],
  ])('a link to %s is kept: %s', (href, kept) => {
    const clean = sanitizeArticle(`<a href="${href}" target="_top">文</a>`);
    expect(clean.includes('href')).toBe(kept);
    expect(clean).toContain('rel="noopener noreferrer nofollow"');
    expect(clean).not.toContain('target');
  });

  test('sanitising twice changes nothing more, whatever was typed', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<a href="',
      '">',
      '<td>',
      '&lt;',
      '&',
      '文',
      '<!--',
      '<script>',
      "'",
      '</a>',
      '<b',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const once = sanitizeArticle(pieces.join(''));
        expect(sanitizeArticle(once)).toBe(once);
        expect(once).not.toMatch(/<script/i);
      }),
      { numRuns: 500, examples: [[['<p>', '<b', '<p>', '<p>']]] },
    );
  });

  test('of tags without a word is blank', () => {
    expect(isBlankArticle('<p> </p><ul><li></li></ul>')).toBe(true);
    expect(isBlankArticle('<p>文</p>')).toBe(false);
  });
});
