import { getSchema, type Extensions } from '@tiptap/core';
import Link from '@tiptap/extension-link';
import Subscript from '@tiptap/extension-subscript';
import Superscript from '@tiptap/extension-superscript';
import Table from '@tiptap/extension-table';
import TableCell from '@tiptap/extension-table-cell';
import TableHeader from '@tiptap/extension-table-header';
import TableRow from '@tiptap/extension-table-row';
import Underline from '@tiptap/extension-underline';
import StarterKit from '@tiptap/starter-kit';
import { Callout } from './callout';
import { Attachment, LessonImage } from './file-nodes';
import { Formula } from './formula-node';
import { LessonCard } from './lesson-card';

/** Under which name the text lies in its Yjs document. */
export const TEXT_FIELD = 'text';

/** What a lesson's text is made of: one list for the browser that edits it and the server that reads it. */
export const textExtensions: Extensions = [
  // Undoing is per person, by the shared document (y-prosemirror).
  StarterKit.configure({ history: false, heading: { levels: [2, 3, 4] } }),
  Underline,
  Subscript,
  Superscript,
  Link.configure({ openOnClick: false, protocols: ['mailto', 'tel'], HTMLAttributes: {} }),
  Table,
  TableRow,
  TableHeader,
  TableCell,
  Callout,
  LessonImage,
  Attachment,
  Formula,
  LessonCard,
];

export const textSchema = getSchema(textExtensions);
