import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { getRosterDraft, storeRosterRows, type RosterPlace } from './roster-draft.server';
import { ROSTER_COLUMNS, type RosterColumn } from './roster-rows';

/** What was typed in place of a cell: row number, column, text. */
export interface RosterRepair {
  row: number;
  column: RosterColumn;
  text: string;
}

/** Puts repaired cells into a draft's rows; nobody is added yet. */
export async function repairRoster(
  db: Db,
  input: RosterPlace & { draftId: string; repairs: RosterRepair[]; viewer: Viewer; now: number },
): Promise<void> {
  const draft = await getRosterDraft(db, input);
  const rows = draft.rows.map((row) => {
    const repaired = { row: row.row, values: { ...row.values }, unread: { ...row.unread } };
    for (const { column, text } of input.repairs.filter((repair) => repair.row === row.row)) {
      const value = text.trim().slice(0, 200);
      // An empty field beside a cell that could not be read says nothing new.
      if (value === '' && repaired.unread[column]) continue;
      repaired.values[column] = value;
      delete repaired.unread[column];
    }
    return repaired;
  });
  await storeRosterRows(db, draft.id, rows);
}

/** The repairs in a form's fields, named `ROW.COLUMN`. */
export function repairsOf(fields: Record<string, string>): RosterRepair[] {
  return Object.entries(fields).flatMap(([name, text]) => {
    const [row, word] = name.split('.');
    const column = ROSTER_COLUMNS.find((candidate) => candidate === word);
    return column && /^\d{1,7}$/.test(row ?? '') ? [{ row: Number(row), column, text }] : [];
  });
}
