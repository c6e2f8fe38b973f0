import type { JsonText, Moment } from './columns';

/** A tus upload on its way; its id becomes the media's id. */
export interface UploadTable {
  id: string;
  person_id: string;
  course_id: string;
  organization_id: string;
  filename: string;
  bytes: number;
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
  created_at: Moment;
  updated_at: Moment;
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
