import { z } from 'zod';
import type { Db, Trx } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { RosterRow } from './roster-rows';

/** 24 hours: a roster is personal data. */
export const ROSTER_DRAFT_LIFE_MS = 24 * 60 * 60 * 1_000;

/** Where a roster's people go: an organization and, from a class page, the class as well. */
export interface RosterPlace {
  organization: { id: string; shortCode: string };
  classId: string | null;
}

export interface RosterDraft {
  id: string;
  fileName: string;
  rows: RosterRow[];
}

const text = z.string();
const unread = z.enum(['date', 'formula', 'error']).optional();
const rowsSchema: z.ZodType<RosterRow[]> = z.array(
  z.object({
    row: z.number(),
    values: z.object({ name: text, phone: text, staffNumber: text, role: text }),
    unread: z.object({ name: unread, phone: unread, staffNumber: unread, role: unread }),
  }),
);

/** Keeps the rows of an uploaded roster for a day; nobody is added yet. Returns the draft's id. */
export async function createRosterDraft(
  db: Db,
  input: RosterPlace & { fileName: string; rows: RosterRow[]; viewer: Viewer; now: number },
): Promise<string> {
  const id = newId();
  await db.deleteFrom('roster_draft').where('expires_at', '<=', input.now).execute();
  await db
    .insertInto('roster_draft')
    .values({
      id,
      organization_id: input.organization.id,
      class_id: input.classId,
      by_person_id: input.viewer.personId,
      file_name: input.fileName.slice(0, 120),
      rows: JSON.stringify(input.rows),
      created_at: input.now,
      expires_at: input.now + ROSTER_DRAFT_LIFE_MS,
    })
    .execute();
  return id;
}

/** One's own draft for this place; NotFound for anybody else's, or once a day has passed. */
export async function getRosterDraft(
  db: Db | Trx,
  input: RosterPlace & { draftId: string; viewer: Viewer; now: number },
): Promise<RosterDraft> {
  const draft = await db
    .selectFrom('roster_draft')
    .select(['id', 'file_name', 'rows', 'class_id'])
    .where('id', '=', input.draftId)
    .where('organization_id', '=', input.organization.id)
    .where('by_person_id', '=', input.viewer.personId)
    .where('expires_at', '>', input.now)
    .executeTakeFirst();
  if (!draft || draft.class_id !== input.classId) throw new NotFound('roster-draft');
  return {
    id: draft.id,
    fileName: draft.file_name,
    rows: rowsSchema.parse(JSON.parse(draft.rows)),
  };
}

/** Puts other rows in a draft's place. */
export async function storeRosterRows(
  db: Db | Trx,
  draftId: string,
  rows: RosterRow[],
): Promise<void> {
  await db
    .updateTable('roster_draft')
    .set({ rows: JSON.stringify(rows) })
    .where('id', '=', draftId)
    .execute();
}
