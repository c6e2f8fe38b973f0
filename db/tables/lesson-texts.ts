import type { Generated } from 'kysely';
import type { Moment } from './columns';

/** A lesson's text that has been opened for writing. Its state: the snapshot and the edits after it. */
export interface LessonTextTable {
  lesson_id: string;
  /** A Yjs document with everything up to the edit of this number, base64. */
  snapshot: string;
  snapshot_number: number;
  /** Of the newest edit; 0 before the first. */
  last_number: number;
  /** Up to which edit the lesson's `article_html` tells it. */
  derived_number: number;
  opened_at: Moment;
  changed_by: string | null;
  changed_at: Moment | null;
  /** Grows with every change to what is said about the lesson. */
  comments_version: Generated<number>;
}

/** What one person wrote in a moment; edits can be merged in any order, and twice. */
export interface LessonTextEditTable {
  lesson_id: string;
  /** Counts the lesson's edits from 1 without gaps, in the order of their commits. */
  number: number;
  person_id: string;
  /** For which the person wrote. */
  organization_id: string;
  /** A Yjs update, base64. */
  content: string;
  written_at: Moment;
}

/** A picture or an attachment of a text; its content lies in the media store. */
export interface LessonFileTable {
  id: string;
  course_id: string;
  /** For whose text it was sent. */
  lesson_id: string;
  organization_id: string;
  uploaded_by: string;
  name: string;
  kind: 'image' | 'attachment';
  /** As its content says; attachments go out as `application/octet-stream`. */
  type: string;
  bytes: number;
  /** Pixels; 0 for attachments. */
  width: number;
  height: number;
  created_at: Moment;
}
