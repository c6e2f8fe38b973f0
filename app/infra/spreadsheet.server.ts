import type ExcelJS from 'exceljs';
import { PassThrough, type Readable } from 'node:stream';

export interface SheetColumn {
  title: string;
  /** In characters. */
  width: number;
  /** Text: ids and names; number: figures that add up. */
  kind: 'text' | 'number';
}

export interface Sheet {
  name: string;
  columns: SheetColumn[];
  rows: Iterable<(string | number)[]>;
  /** Set apart by a line, in bold. */
  total?: (string | number)[];
}

/**
 * Text that no spreadsheet program takes for a formula, however the file is converted: what begins like one
 * (= + - @, tab, line break) is set behind an apostrophe.
 */
export function safeText(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** Writes sheets as .xlsx while it is read. Text cells are stored as text, never as a formula or a number. */
export function writeSpreadsheet(sheets: Sheet[]): Readable {
  const stream = new PassThrough();
  const write = async () => {
    // Large, and seldom needed: a start does not wait for it.
    const { default: excel } = await import('exceljs');
    const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
    for (const sheet of sheets) writeSheet(workbook, sheet);
    await workbook.commit();
  };
  write().catch((error: unknown) => stream.destroy(error as Error));
  return stream;
}

function writeSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet): void {
  const worksheet = workbook.addWorksheet(sheet.name, {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  worksheet.columns = sheet.columns.map(({ width, kind }) => ({
    width,
    style: { numFmt: kind === 'text' ? '@' : '0.############' },
  }));
  const add = (cells: (string | number)[], style?: Partial<ExcelJS.Style>) => {
    const row = worksheet.addRow(
      cells.map((cell) => (typeof cell === 'string' ? safeText(cell) : cell)),
    );
    if (style) {
      row.eachCell((cell) => {
        cell.font = style.font ?? cell.font;
        if (style.border) cell.border = style.border;
      });
    }
    row.commit();
  };
  add(
    sheet.columns.map((column) => column.title),
    { font: { bold: true } },
  );
  for (const row of sheet.rows) add(row);
  if (sheet.total) {
    add(sheet.total, { font: { bold: true }, border: { top: { style: 'medium' } } });
  }
  worksheet.commit();
}
