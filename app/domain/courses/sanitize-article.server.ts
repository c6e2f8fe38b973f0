import sanitizeHtml from 'sanitize-html';
import { isCallout } from '../lesson-texts/callout-kinds';
import { LESSON_FILE } from '../lesson-texts/lesson-file-address';

const blocks = ['h2', 'h3', 'h4', 'p', 'section', 'blockquote', 'pre', 'hr', 'ul', 'ol', 'li'];
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'caption'];
const marks = ['img', 'strong', 'em', 's', 'u', 'sub', 'sup', 'code', 'br', 'a'];

/**
 * The article with only what an article may have: headings, paragraphs, lists, tables, call-outs,
 * emphasis and links to http, https, mailto and tel. Styles, classes, handlers, frames, scripts and images other than
 * the course's own go.
 * Applying it twice changes nothing more.
 */
export function sanitizeArticle(html: string): string {
  let clean = html;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = clean;
    clean = sanitizeOnce(before);
    if (clean === before) break;
  }
  return clean;
}

/** Broken tags can take two rounds to come to rest. */
const MOST_ROUNDS = 5;

function sanitizeOnce(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...blocks, ...tables, ...marks],
    allowedAttributes: {
      a: ['href', 'rel', 'data-file'],
      img: ['src', 'alt', 'width', 'height'],
      th: ['colspan', 'rowspan'],
      td: ['colspan', 'rowspan'],
      ol: ['start'],
      section: ['data-callout'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !LESSON_FILE.test(attribs.src ?? ''),
    disallowedTagsMode: 'discard',
    transformTags: {
      h1: 'h2',
      h5: 'h4',
      h6: 'h4',
      b: 'strong',
      i: 'em',
      div: 'p',
      a: (tagName, attributes) => ({ tagName, attribs: safeLink(attributes) }),
      section: (tagName, { 'data-callout': kind = '' }) => ({
        tagName,
        attribs: calloutOf(kind),
      }),
      img: (tagName, attributes) => ({ tagName, attribs: pictureOf(attributes) }),
      th: (tagName, attributes) => ({ tagName, attribs: wholeNumbers(attributes) }),
      td: (tagName, attributes) => ({ tagName, attribs: wholeNumbers(attributes) }),
    },
  }).trim();
}

/** Whether the article says nothing: no picture is in it, and no text is left without its tags. */
export function isBlankArticle(html: string): boolean {
  const words = sanitizeHtml(html, { allowedTags: [], allowedAttributes: {} });
  return words.trim() === '' && !html.includes('<img ');
}

function wholeNumbers(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => /^\d{1,2}$/.test(value)),
  );
}

/** Follows to nowhere of ours; what says to be a file of the course leads to one. */
function safeLink({ 'data-file': bytes, ...attributes }: Record<string, string>) {
  const file = LESSON_FILE.test(attributes.href ?? '') && /^\d{1,9}$/.test(bytes ?? '');
  const rel = 'noopener noreferrer nofollow';
  return { ...attributes, rel, ...(file && bytes ? { 'data-file': bytes } : {}) };
}

function pictureOf({
  src = '',
  alt = '',
  width = '',
  height = '',
}: Record<string, string>): Record<string, string> {
  const sized = /^\d{1,4}$/.test(width) && /^\d{1,4}$/.test(height);
  return sized ? { src, alt, width, height } : { src, alt };
}

function calloutOf(kind: string): Record<string, string> {
  return isCallout(kind) ? { 'data-callout': kind } : {};
}
