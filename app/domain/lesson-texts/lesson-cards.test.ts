import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { listLinks } from '../courses/article-links.server';
import { sanitizeArticle } from '../courses/sanitize-article.server';
import { articleOfDocument, documentOfArticle } from './convert-text.server';
import { lessonOfLink } from './lesson-link';
import { showLessonCards } from './show-lesson-cards';

const SHAFT = '01a22a58-25cb-73df-8712-de564c1be16f';
const card =
  `<p>先看</p><aside data-lesson="${SHAFT}"><a href="/lessons/${SHAFT}" ` +
  'rel="noopener noreferrer nofollow">曲轴的结构</a></aside>';
const known = (id: string) =>
  id === SHAFT
    ? { title: '曲轴 & <轴承>', length: '3:04', href: `/learn/classes/e/lessons/${id}` }
    : undefined;

describe('a lesson put into a text', () => {
  test('comes back as it was, and the check list knows where it leads', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, documentOfArticle(card));
    expect(articleOfDocument(doc)).toBe(card);
    expect(sanitizeArticle(card)).toBe(card);
    expect(listLinks(card).map(lessonOfLink)).toEqual([SHAFT]);
  });

  test('shows readers the title and length of their version, and leads them there', () => {
    expect(showLessonCards(card, known)).toBe(
      `<p>先看</p><div data-lesson="${SHAFT}"><a href="/learn/classes/e/lessons/${SHAFT}">` +
        '曲轴 &amp; &lt;轴承&gt;<span>3:04</span></a></div>',
    );
  });

  test('leads nowhere where the version does not hold it', () => {
    expect(showLessonCards(card, () => undefined)).toBe(
      '<p>先看</p><div data-lesson="">曲轴的结构</div>',
    );
    const link = `<p><a href="/lessons/${SHAFT}">看</a></p>`;
    expect(showLessonCards(link, () => undefined)).not.toContain('href');
    expect(showLessonCards(link, known)).toContain(`href="/learn/classes/e/lessons/${SHAFT}"`);
  });
});
