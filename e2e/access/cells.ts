import type { Role } from '../actors';
import type { Samples } from '../stored-world';

/**
 * Who may do what. A cell for each of: nobody, learner, instructor, manager (all of 海岱动力集团), bureau
 * administrator; `own` asks for what is theirs, `foreign` for another organization's. `in` is a redirect
 * to sign in, `ok` an action that was let in: done, or answered about what was sent.
 */
export interface Access {
  /** As in app/routes.ts or the server's own list. */
  path: string;
  get?: Cells;
  actions?: Action[];
  /** The answers to a WebSocket's handshake; where there is no line, every one is 404. */
  socket?: Cells;
  /** The path's parameters that the samples do not name. */
  params?: (samples: AccessSamples) => Record<string, string>;
  search?: (samples: AccessSamples) => string;
  /** Who asks instead, where nobody of 海岱动力集团 may. */
  logins?: Partial<Record<Role, string>>;
  /** Reading it is an export, which the audit names. */
  audited?: true;
}

export interface AccessSamples extends Samples {
  /** Of the learner, on the lesson. */
  watchSessionId: string;
  /** Unfinished, of the course's author. */
  uploadId: string;
  /** Another video of the course. */
  otherMediaId: string;
  /** A message to the learner. */
  messageId: string;
  /** An author of the course. */
  authorId: string;
  /** An article of the course, or of another when it has none. */
  articleLessonId: string;
  ruleSetId: string;
  ruleSetVersionId: string;
  /** Somebody's who has applied to the class. */
  applicationId: string;
  /** A day of the class that can be settled, on which nobody studied. */
  settleDay: string;
  /** An open appeal of the learner's about the lesson. */
  appealId: string;
  /** A candidate for the course's next version, signed by all. */
  requestId: string;
  /** What a lesson of the course once was. */
  revisionId: string;
  /** A comment of the course's author on the lesson, its thread, and a suggestion beside it. */
  commentId: string;
  threadId: string;
  suggestionId: string;
  /** A learner of another organization, in neither class. */
  elsewhereId: string;
  /** A spreadsheet of one good row. */
  roster: Uint8Array<ArrayBuffer>;
  /** 渠丰农机股份, which has no part in the course. */
  strangerOrganizationId: string;
}

export interface Cells {
  own: string;
  foreign?: string;
}

export interface Action extends Cells {
  does: string;
  /** The query that leads a form to its part of the page. */
  search?: string;
  /** Where it differs from the line's. */
  params?: (samples: AccessSamples) => Record<string, string>;
  method?: 'PATCH' | 'PUT' | 'DELETE' | 'HEAD';
  form?: (samples: AccessSamples) => Fields;
  json?: (samples: AccessSamples) => unknown;
  headers?: (samples: AccessSamples) => Record<string, string>;
  /** Or sign-in sessions at most. */
  changesNothing?: true;
}

export type Fields = Record<string, string> | FormData;

export const everybody = '200 200 200 200 200';
export const signedIn = 'in 200 200 200 200';
export const letIn = 'ok ok ok ok ok';
export const nobodyGets = '404 404 404 404 404';
export const notByGet = '405 405 405 405 405';
export const learnersOwn = { own: 'in 200 404 404 404', foreign: 'in 404 404 404 404' };
export const learnersAction = { own: 'in ok 404 404 404', foreign: 'in 404 404 404 404' };
export const managers = { own: 'in 403 403 200 200', foreign: 'in 404 404 404 200' };
export const managersAction = { own: 'in 403 403 ok ok', foreign: 'in 404 404 404 ok' };
export const bureau = { own: 'in 403 403 403 200' };
export const bureauAction = { own: 'in 403 403 403 ok' };

export const file = (
  name: string,
  content: BlobPart,
  type: string,
  more: Record<string, string> = {},
) => {
  const form = new FormData();
  for (const [field, value] of Object.entries(more)) form.set(field, value);
  form.set('file', new Blob([content], { type }), name);
  return form;
};

export const courseReaders = { own: 'in 403 200 200 200', foreign: 'in 404 404 404 200' };
export const authorsAction = { own: 'in 403 ok 403 403', foreign: 'in 404 404 404 403' };
export const teacherForm = (form: Record<string, string>) => () => ({ version: '1', ...form });

export const rosterForm = ({ roster }: AccessSamples) => file('名单.xlsx', roster, SPREADSHEET);
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const tus = { 'tus-resumable': '1.0.0' };
export const base64 = (text: string) => Buffer.from(text).toString('base64');
