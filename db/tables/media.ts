import type { Generated } from 'kysely';
import type { JsonText, Moment } from './columns';

/** A tus upload on its way; its id becomes the media's id. */
export interface UploadTable {
  id: string;
  person_id: string;
  course_id: string;
  organization_id: string;
  filename: string;
  bytes: number;
  /** The lesson that will show it, if that has no video by then. */
  lesson_id: Generated<string | null>;
  /** When the file was last changed where it lies, by which it is known again. */
  file_modified_at: Generated<Moment | null>;
  created_at: Moment;
  finished_at: Moment | null;
}

export type MediaState = 'received' | 'converting' | 'playable' | 'ready' | 'refused';

export interface MediaTable {
  id: string;
  course_id: string;
  organization_id: string;
  uploaded_by: string;
  filename: string;
  bytes: number;
  state: MediaState;
  /** Why it was refused, as a key of the media messages. */
  reason: string | null;
  duration_ms: number;
  width: number;
  height: number;
  /** SHA-256 of the uploaded file, hex; null where it was received before there was one. */
  content_sha256: Generated<string | null>;
  /** Who kept it although the organization has the same file already. */
  kept_by: Generated<string | null>;
  kept_at: Generated<Moment | null>;
  created_at: Moment;
  updated_at: Moment;
  /** Of what is being made now, 0 to 100; null while nothing is. */
  percent: number | null;
  /** What an author should know of a video that can be used, as a key of the media messages. */
  note: string | null;
  /** Bits a second of the sound alone (audio/index.m3u8); null where there is none. */
  audio_bitrate: number | null;
  /** How many thumbnails previews.vtt lists; 0: there is none. */
  previews: Generated<number>;
  /** How many poster-N.jpg there are to choose from. */
  posters: Generated<number>;
  /** The poster-N.jpg that an author chose; 0: nobody has. */
  poster: Generated<number>;
  removed_by: string | null;
  removed_at: Moment | null;
}

export interface RenditionTable {
  media_id: string;
  height: number;
  /** Bits a second. */
  bitrate: number;
}

export interface CaptionTable {
  media_id: string;
  language: string;
  label: string;
  /** Grows with every save; one that carries an older one is refused. */
  version: Generated<number>;
  changed_by: string | null;
  /** Null until its cues are kept here; until then its file is in the media store. */
  changed_at: Moment | null;
}

/** Captions that were taken away, with the version they had: new ones go on from there. */
export interface CaptionRemovalTable {
  media_id: string;
  language: string;
  version: number;
  removed_by: string;
  removed_at: Moment;
}

/** What is said from one moment of a video to another. The caption's file is written from these alone. */
export interface CaptionCueTable {
  media_id: string;
  language: string;
  position: number;
  from_ms: number;
  to_ms: number;
  /** As WebVTT writes it, with b, i and u alone. */
  text: string;
  /** What is said, in one form of its letters, small. */
  searchable: string;
}

/** The sections of a video, chosen by its authors. */
export interface SectionListTable {
  media_id: string;
  /** [{ atMs, title }, ...] by time. */
  sections: JsonText;
  version: number;
  changed_by: string;
  changed_at: Moment;
}

export interface JobTable {
  id: string;
  kind: string;
  payload: JsonText;
  run_after: Moment;
  attempts: number;
  claimed_by: string | null;
  claimed_until: Moment | null;
  created_at: Moment;
  finished_at: Moment | null;
  failed_at: Moment | null;
  error: string | null;
}
