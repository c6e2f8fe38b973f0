import { generateHTML, generateJSON } from '@tiptap/html';
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProsemirrorJSON } from 'y-prosemirror';
import * as Y from 'yjs';
import { sanitizeArticle } from '../courses/sanitize-article.server';
import { keepKnown, type TextNode } from './known-content';
import { TEXT_FIELD, textExtensions, textSchema } from './text-schema';

/** One writer for every first conversion, so that two servers that convert the same text write the same document. */
const CONVERTER = 1;

/** The Yjs document, as one update, that says what an article's HTML says. */
export function documentOfArticle(html: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = CONVERTER;
  const json = generateJSON(html || '<p></p>', textExtensions);
  prosemirrorJSONToYXmlFragment(textSchema, json, doc.getXmlFragment(TEXT_FIELD));
  return Y.encodeStateAsUpdate(doc);
}

/**
 * The sanitised article that a document says. Whatever a program wrote into the document that is no
 * part of a text is left out; an empty text is an empty string.
 */
export function articleOfDocument(doc: Y.Doc): string {
  const written = yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(TEXT_FIELD)) as TextNode;
  const content = keepKnown(written.content ?? [], textSchema);
  if (content.every((node) => node.type === 'paragraph' && !node.content?.length)) return '';
  const html = generateHTML({ type: 'doc', content }, textExtensions);
  return sanitizeArticle(html);
}
