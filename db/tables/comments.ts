import type { Moment } from './columns';

/** A conversation about a lesson: about the whole of it, a range of its text, or a moment of its video. */
export interface CommentThreadTable {
  id: string;
  course_id: string;
  lesson_id: string;
  anchor: 'lesson' | 'text' | 'video';
  /** JSON of a Yjs relative position (comments/text-range.ts); with `anchor` text. */
  range_start: string | null;
  range_end: string | null;
  /** What the range read when the thread was begun; empty for a place between two characters. */
  quote: string | null;
  /** With `anchor` video. */
  media_id: string | null;
  moment_ms: number | null;
  /** What is suggested instead of the quote, empty to delete it; null where nothing is suggested. */
  replacement: string | null;
  created_by: string;
  organization_id: string;
  created_at: Moment;
  outcome: 'accepted' | 'rejected' | 'withdrawn' | null;
  decided_by: string | null;
  decided_for: string | null;
  decided_at: Moment | null;
  /** The edit of the lesson's text that an acceptance made. */
  edit_number: number | null;
  resolved_by: string | null;
  resolved_at: Moment | null;
}

export interface CommentTable {
  id: string;
  thread_id: string;
  person_id: string;
  organization_id: string;
  body: string;
  written_at: Moment;
  /** By its author; the words stay for those who have to look into a quarrel. */
  removed_at: Moment | null;
}

export interface CommentMentionTable {
  comment_id: string;
  person_id: string;
}
