import sanitizeHtml from 'sanitize-html';
import { isCallout } from '../lesson-texts/callout-kinds';
import { MOST_LATEX } from '../lesson-texts/formula-node';
import { LESSON_FILE } from '../lesson-texts/lesson-file-address';
import { LESSON_ID } from '../lesson-texts/lesson-link';
import { drawFormulas, emptyFormulas } from '../lesson-texts/render-formulas.server';

const blocks = [
  'h2',
  'h3',
  'h4',
  'p',
  'section',
  'aside',
  'blockquote',
  'pre',
  'hr',
  'ul',
  'ol',
  'li',
];
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'caption'];
const marks = ['img', 'strong', 'em', 's', 'u', 'sub', 'sup', 'code', 'br', 'a', 'span'];

/**
 * The article with only what an article may have: headings, paragraphs, lists, tables, call-outs,
 * cards of lessons, emphasis, formulas (drawn here from their LaTeX) and links to http, https, mailto and tel. Styles, classes, handlers, frames, scripts and images other than
 * the course's own go.
 * Applying it twice changes nothing more.
 */
export function sanitizeArticle(html: string): string {
  let clean = emptyFormulas(html);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = clean;
    clean = sanitizeOnce(before);
    if (clean === before) break;
  }
  return drawFormulas(clean);
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
      aside: ['data-lesson'],
      span: ['data-formula', 'data-apart'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    exclusiveFilter: ({ tag, attribs }) =>
      (tag === 'img' && !LESSON_FILE.test(attribs.src ?? '')) ||
      (tag === 'span' && attribs['data-formula'] === undefined ? 'excludeTag' : false),
    // Drawn from LaTeX alone, never taken as it comes.
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'math'],
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
      span: (tagName, attributes) => ({ tagName, attribs: formulaOf(attributes) }),
      aside: (tagName, { 'data-lesson': lesson = '' }) => ({
        tagName,
        attribs: cardOf(lesson),
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

function formulaOf(attributes: Record<string, string>): Record<string, string> {
  const latex = attributes['data-formula']?.trim();
  if (!latex) return {};
  const kept: Record<string, string> = { 'data-formula': latex.slice(0, MOST_LATEX) };
  if (attributes['data-apart'] === 'true') kept['data-apart'] = 'true';
  return kept;
}

function cardOf(lesson: string): Record<string, string> {
  return LESSON_ID.test(lesson) ? { 'data-lesson': lesson } : {};
}

function calloutOf(kind: string): Record<string, string> {
  return isCallout(kind) ? { 'data-callout': kind } : {};
}
