import type { Generated } from 'kysely';
import type { Moment } from './columns';

export interface CourseTable {
  id: string;
  title: string;
  occupation: string;
  level: string;
  summary: string;
  /** The name of a drawing in public/art: cover-<cover>.svg */
  cover: string;
  lead_organization_id: string;
  created_by: string;
  created_at: Moment;
  /** Grows with every change of settings, move and removal; a save that carries an older one is refused. */
  version: number;
  /** Who changed settings or structure last; null while it is as created. */
  changed_by: string | null;
  changed_at: Moment | null;
  /** Since when the bureau signs each version too; null where it does not ask for that. */
  bureau_review_since: Generated<Moment | null>;
}

export interface CoursePartnerTable {
  course_id: string;
  organization_id: string;
  invited_by: string;
  invited_at: Moment;
  accepted_by: string | null;
  accepted_at: Moment | null;
  declined_at: Moment | null;
  message: Generated<string>;
  /** JSON: titles of the chapters that the partner is asked to produce. */
  chapters: Generated<string>;
  /** The last day of the partnership, in the platform's time zone; null where no end is set. */
  ends_on: Generated<string | null>;
  decline_reason: Generated<string>;
  /** When a partnership that was accepted ended: the partner left, the lead ended it, or its last day passed. */
  left_at: Generated<Moment | null>;
  /** Null where its last day passed. */
  left_by: Generated<string | null>;
}

/** An instructor named on a course, for the organization whose part they write. */
export interface CourseAuthorTable {
  course_id: string;
  person_id: string;
  organization_id: string;
  named_by: string;
  named_at: Moment;
}

/** Who signs for an organization; where nobody is named, its authors and managers do. */
export interface CourseReviewerTable {
  course_id: string;
  person_id: string;
  organization_id: string;
  named_by: string;
  named_at: Moment;
}

/** A candidate for the next version, frozen; at most one of a course is open. */
export interface PublicationRequestTable {
  id: string;
  course_id: string;
  /** Of the version it would become. */
  number: number;
  /** JSON (publication-content.server.ts). */
  content: string;
  hash: string;
  /** What its authors say of it. */
  note: string;
  requested_by: string;
  requested_at: Moment;
  closed_at: Moment | null;
  outcome: 'published' | 'replaced' | 'withdrawn' | null;
  /** JSON: what of the check list was open when it was frozen; null where nothing was. */
  open_points: Generated<string | null>;
  course_version_id: string | null;
}

/** What an organization signs of a candidate, frozen with it; none where it was frozen before this was kept. */
export interface PublicationRequestPartTable {
  request_id: string;
  organization_id: string;
  hash: string;
}

/** One organization's signature under exactly the content that has this hash. */
export interface SignOffTable {
  id: string;
  request_id: string;
  course_id: string;
  organization_id: string;
  hash: string;
  signed_by: string;
  signed_at: Moment;
  withdrawn_at: Moment | null;
}

export interface ChapterTable {
  id: string;
  course_id: string;
  title: string;
  position: number;
  producer_organization_id: string;
  version: number;
  changed_by: string | null;
  changed_at: Moment | null;
  removed_at: Moment | null;
  /** Since when every organization of the course edits it; null where only its producer does. */
  open_to_partners_since: Generated<Moment | null>;
  /** Grows with every move of it; a move that saw an older one is refused. */
  place_version: Generated<number>;
  placed_by: Generated<string | null>;
  placed_at: Generated<Moment | null>;
}

export interface LessonTable {
  id: string;
  course_id: string;
  chapter_id: string;
  position: number;
  kind: 'video' | 'article';
  title: string;
  media_id: string | null;
  /** Sanitised on the server. */
  article_html: string;
  producer_organization_id: string;
  author_id: string;
  /** How long it is planned to be; null while nobody said. */
  planned_minutes: Generated<number | null>;
  version: number;
  updated_by: string;
  updated_at: Moment;
  /** Grows with every move of it; a move that saw an older one is refused. */
  place_version: Generated<number>;
  placed_by: Generated<string | null>;
  placed_at: Generated<Moment | null>;
  removed_at: Moment | null;
}

/** What a lesson, or a course's outline (where `lesson_id` is null), was. Never removed. */
export interface CourseRevisionTable {
  id: string;
  course_id: string;
  lesson_id: string | null;
  /** JSON (revision-content.ts). */
  content: string;
  person_id: string;
  /** For which the person changed it; null where that is not known. */
  organization_id: string | null;
  begun_at: Moment;
  ended_at: Moment;
  /** Given by an author, for a state that matters. */
  name: string | null;
}

/** Immutable: what a class refers to. */
export interface CourseVersionTable {
  id: string;
  course_id: string;
  number: number;
  title: string;
  occupation: Generated<string>;
  level: Generated<string>;
  summary: Generated<string>;
  cover: Generated<string>;
  published_by: string;
  published_at: Moment;
  /** JSON: what changed since the version before; null for the first, and for those from before there were logs. */
  change_log: Generated<string | null>;
  note: Generated<string>;
  /** JSON: what of the check list was open when it was published; null where nothing was. */
  open_points: Generated<string | null>;
}

export interface CourseVersionChapterTable {
  course_version_id: string;
  chapter_id: string;
  position: number;
  title: string;
}

export interface CourseVersionLessonTable {
  course_version_id: string;
  lesson_id: string;
  chapter_id: string;
  /** Counts through the whole version from 1. */
  position: number;
  kind: 'video' | 'article';
  title: string;
  media_id: string | null;
  duration_ms: number;
  article_html: string;
  producer_organization_id: string;
  author_id: string;
  planned_minutes: Generated<number | null>;
}

/** What was found at an address that a lesson's text leads to. */
export interface LinkCheckTable {
  url: string;
  outcome: 'works' | 'broken' | 'unreachable' | 'refused';
  /** Of the last answer over HTTP; null where there was none. */
  status: number | null;
  checked_at: Moment;
}
