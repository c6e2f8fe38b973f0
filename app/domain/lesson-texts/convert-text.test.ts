import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { sanitizeArticle } from '../courses/sanitize-article.server';
import { articleOfDocument, documentOfArticle } from './convert-text.server';
import { TEXT_FIELD } from './text-schema';

function read(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}

const thereAndBack = (html: string) => articleOfDocument(read(documentOfArticle(html)));

describe('an article that becomes a shared text', () => {
  test('says the same again', () => {
    const html =
      '<h2>测量前</h2><p>扭矩 <strong>220±5</strong> N·m，见<a rel="noopener noreferrer nofollow" ' +
      'href="https://example.org/a">工艺卡</a>，H<sub>2</sub>O，mm<sup>2</sup></p>' +
      '<ul><li><p>擦净</p></li><li><p>上油</p></li></ul><ol start="3"><li><p>量</p></li></ol>' +
      '<blockquote><p>&lt;先停机&gt;</p></blockquote><hr /><pre><code>G01 X10\n  Z-5</code></pre>';
    expect(thereAndBack(html)).toBe(html);
  });

  test('keeps its call-outs', () => {
    const html =
      '<section data-callout="warning"><p>先断电</p><ul><li><p>挂牌</p></li></ul></section>' +
      '<section data-callout="tip"><p>擦净再量</p></section>';
    expect(thereAndBack(html)).toBe(html);
    expect(thereAndBack('<section data-callout="x" onclick="a()"><p>文</p></section>')).not.toMatch(
      /onclick|="x"/,
    );
  });

  test('keeps its pictures and files, and no picture of elsewhere', () => {
    const file = '/lesson-files/01a22a58-25cb-73df-8712-de564c1be16f';
    const html =
      `<img src="${file}" alt="千分尺" width="345" height="200" />` +
      `<p>见<a href="${file}" rel="noopener noreferrer nofollow" data-file="1234567">` +
      '工艺卡 (2).pdf (1.2 MB)</a>。</p>';
    expect(thereAndBack(html)).toBe(html);
    expect(thereAndBack('<p>文</p><img src="https://elsewhere.example/x.png">')).toBe('<p>文</p>');
  });

  test('keeps its tables', () => {
    const table =
      '<table><tbody><tr><th colspan="2"><p>间隙</p></th></tr>' +
      '<tr><td><p>0.04</p></td><td><p>0.09</p></td></tr></tbody></table>';
    const back = thereAndBack(table);
    expect(back.replace(/ (col|row)span="1"/g, '')).toBe(table);
    expect(thereAndBack(back)).toBe(back);
  });

  test('is the same document whichever server converts it', () => {
    const html = '<p>同一份</p><p>两台服务器</p>';
    expect(documentOfArticle(html)).toEqual(documentOfArticle(html));
    const doc = read(documentOfArticle(html));
    Y.applyUpdate(doc, documentOfArticle(html));
    expect(articleOfDocument(doc)).toBe(html);
  });

  test('says nothing when it is empty', () => {
    expect(thereAndBack('')).toBe('');
    expect(thereAndBack('<p></p>')).toBe('');
  });
});

describe('what a program writes into a document', () => {
  const written = (fill: (fragment: Y.XmlFragment) => void) => {
    const doc = new Y.Doc();
    fill(doc.getXmlFragment(TEXT_FIELD));
    return articleOfDocument(doc);
  };
  const paragraph = (text: string) => {
    const element = new Y.XmlElement('paragraph');
    element.insert(0, [new Y.XmlText(text)]);
    return element;
  };

  test('is left out where it is no part of a text', () => {
    const html = written((fragment) => {
      const script = new Y.XmlElement('script');
      script.insert(0, [new Y.XmlText('steal()')]);
      fragment.insert(0, [paragraph('量'), script]);
    });
    expect(html).toBe('<p>量</p>');
  });

  test('does nothing where it is told as text', () => {
    expect(written((fragment) => fragment.insert(0, [paragraph('<img src=x onerror=a()>')]))).toBe(
      '<p>&lt;img src=x onerror=a()&gt;</p>',
    );
  });

  test('is sanitised in its attributes', () => {
    const html = written((fragment) => {
      const element = new Y.XmlElement('paragraph');
      const text = new Y.XmlText();
      text.insert(0, '点我', { link: { href: 'javascript:steal()', class: 'x' } });
      element.insert(0, [text]);
      fragment.insert(0, [element]);
    });
    expect(html).toContain('点我');
    expect(html).not.toMatch(/javascript|class/);
    expect(sanitizeArticle(html)).toBe(html);
  });
});
