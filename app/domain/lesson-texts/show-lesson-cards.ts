/** A lesson as a version holds it. */
export interface CardLesson {
  title: string;
  /** How long its film is, in words; empty for an article. */
  length: string;
  /** Where the reader finds it. */
  href: string;
}

const CARD = /<aside data-lesson="([0-9a-f-]{36})">(.*?)<\/aside>/gs;
const LINK = /href="\/lessons\/([0-9a-f-]{36})"/g;

/**
 * A sanitised article for readers of one version: each card says title and length of its lesson there, and leads to
 * it, as links to lessons do. A lesson that the version does not hold is named and leads nowhere. Cards are no landmarks
 * of the page, which an `aside` would be.
 */
export function showLessonCards(
  html: string,
  find: (lessonId: string) => CardLesson | undefined,
): string {
  return html
    .replace(CARD, (_whole, lessonId: string, content: string) => {
      const lesson = find(lessonId);
      if (!lesson) return `<div data-lesson="">${content.replace(/<\/?a\b[^>]*>/g, '')}</div>`;
      const length = lesson.length ? `<span>${escape(lesson.length)}</span>` : '';
      return `<div data-lesson="${lessonId}"><a href="${escape(lesson.href)}">${escape(lesson.title)}${length}</a></div>`;
    })
    .replace(LINK, (_whole, lessonId: string) => {
      const href = find(lessonId)?.href;
      return href ? `href="${escape(href)}"` : 'aria-disabled="true"';
    });
}

const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
