import { readSpreadsheet, type SheetFault } from '~/infra/read-spreadsheet.server';
import { readRoster, type RosterFileFault, type RosterRow } from './roster-rows';

/** 2 MB. */
export const LARGEST_ROSTER_FILE = 2 * 1024 * 1024;

/** The rows of an uploaded .xlsx roster, or why it cannot be used. */
export async function readRosterFile(
  file: Uint8Array,
): Promise<RosterRow[] | RosterFileFault | SheetFault> {
  if (file.length > LARGEST_ROSTER_FILE) return 'too-large';
  const sheet = await readSpreadsheet(file);
  return typeof sheet === 'string' ? sheet : readRoster(sheet);
}
