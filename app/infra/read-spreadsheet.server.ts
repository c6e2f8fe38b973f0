import { Worker } from 'node:worker_threads';
import { findWorkerFile } from './worker-file.server';

/** Text as shown, or why there is none: numbers become their digits, what Excel computes is not read. */
export type SheetCell = string | { not: 'date' | 'formula' | 'error' };

export interface SheetRow {
  /** As Excel numbers it, from 1. */
  number: number;
  cells: SheetCell[];
}

export type SheetFault = 'not-a-sheet' | 'too-large' | 'took-too-long';

const LIMITS = {
  /** 20 MB: a roster of 1,000 rows unpacks to less than one. */
  largestUnpacked: 20 * 1024 * 1024,
  mostRows: 2_000,
  mostColumns: 30,
  longestText: 200,
};
const LONGEST_MS = 20_000;

/**
 * The rows of a workbook's first sheet that hold anything, read in a thread of its own: at most
 * 2,000 rows and 30 columns, 20 MB unpacked, 20 s and 256 MB of memory, whatever the file claims.
 */
export function readSpreadsheet(file: Uint8Array): Promise<SheetRow[] | SheetFault> {
  return new Promise((resolve) => {
    const worker = new Worker(findWorkerFile('read-spreadsheet.worker.mjs'), {
      workerData: { file, ...LIMITS },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    const finish = (result: SheetRow[] | SheetFault) => {
      clearTimeout(limit);
      resolve(result);
      void worker.terminate();
    };
    const limit = setTimeout(() => finish('took-too-long'), LONGEST_MS);
    worker.once('message', (message: { rows: SheetRow[] } | { failed: SheetFault }) =>
      finish('rows' in message ? message.rows : message.failed),
    );
    worker.once('error', () => finish('not-a-sheet'));
  });
}
