import { createReadableStreamFromReadable } from '@remix-run/node';
import { writeSpreadsheet, type Sheet } from '~/infra/spreadsheet.server';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sheets as an .xlsx to download; `filename` in ASCII, without the ending. */
export function spreadsheetAnswer(filename: string, sheets: Sheet[]): Response {
  return new Response(createReadableStreamFromReadable(writeSpreadsheet(sheets)), {
    headers: {
      'content-type': TYPE,
      'content-disposition': `attachment; filename="${filename}.xlsx"`,
      'cache-control': 'no-store',
    },
  });
}
