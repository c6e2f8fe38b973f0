/**
 * An empty roster as .xlsx: one header row, text columns (a phone number typed into it stays its
 * digits), a list of roles to choose from where there is a role column.
 */
export async function writeRosterTemplate(input: {
  sheetName: string;
  headers: string[];
  /** The words of the last column, if it is chosen from a list. */
  roles?: string[];
  notes: string[];
}): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(input.sheetName, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = input.headers.map((header) => ({
    header,
    width: 20,
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  if (input.roles) {
    const column = sheet.getColumn(input.headers.length).letter;
    for (let row = 2; row <= 1_001; row += 1)
      sheet.getCell(`${column}${row}`).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${input.roles.join(',')}"`],
      };
  }
  const notes = workbook.addWorksheet('说明');
  notes.getColumn(1).width = 80;
  input.notes.forEach((note) => notes.addRow([note]));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
