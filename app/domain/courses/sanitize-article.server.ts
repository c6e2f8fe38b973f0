import sanitizeHtml from 'sanitize-html';
import { CALLOUTS } from '../lesson-texts/callout-kinds';

const blocks = ['h2', 'h3', 'h4', 'p', 'section', 'blockquote', 'pre', 'hr', 'ul', 'ol', 'li'];
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'caption'];
const marks = ['strong', 'em', 's', 'u', 'sub', 'sup', 'code', 'br', 'a'];

/**
 * The article with only what an article may have: headings, paragraphs, lists, tables, call-outs,
 * emphasis and links to http, https, mailto and tel. Styles, classes, handlers, images, frames and scripts go.
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
      a: ['href', 'rel'],
      th: ['colspan', 'rowspan'],
      td: ['colspan', 'rowspan'],
      ol: ['start'],
      section: [{ name: 'data-callout', values: [...CALLOUTS] }],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    transformTags: {
      h1: 'h2',
      h5: 'h4',
      h6: 'h4',
      b: 'strong',
      i: 'em',
      div: 'p',
      a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }),
      th: (tagName, attributes) => ({ tagName, attribs: wholeNumbers(attributes) }),
      td: (tagName, attributes) => ({ tagName, attribs: wholeNumbers(attributes) }),
    },
  }).trim();
}

/** Whether the article says nothing: no text is left without its tags. */
export function isBlankArticle(html: string): boolean {
  return sanitizeHtml(html, { allowedTags: [], allowedAttributes: {} }).trim() === '';
}

function wholeNumbers(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => /^\d{1,2}$/.test(value)),
  );
}
