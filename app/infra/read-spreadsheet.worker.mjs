import ExcelJS from 'exceljs';
import { parentPort, workerData } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;

/** Unpacks every entry within the limit before the library does, for the sizes a file states may lie. */
function requireHarmless(file, largest) {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== END)
    throw new Error('no-zip');
  const entries = file.readUInt16LE(end + 10);
  if (entries > 500) throw new Error('too-large');
  let at = file.readUInt32LE(end + 16);
  let left = largest;
  for (let n = 0; n < entries; n += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== CENTRAL_HEADER)
      throw new Error('no-zip');
    const method = file.readUInt16LE(at + 10);
    const packed = file.readUInt32LE(at + 20);
    const local = file.readUInt32LE(at + 42);
    if (local + 30 > file.length || file.readUInt32LE(local) !== LOCAL_HEADER)
      throw new Error('no-zip');
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(from, from + packed);
    if (method === 0) left -= bytes.length;
    else if (method === 8) {
      try {
        left -= inflateRawSync(bytes, { maxOutputLength: Math.max(1, left) }).length;
      } catch (error) {
        throw new Error(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'no-zip');
      }
    } else throw new Error('no-zip');
    if (left < 0) throw new Error('too-large');
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
}

function cellOf(value) {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return { not: 'date' };
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('formula' in value || 'sharedFormula' in value) return { not: 'formula' };
  if ('hyperlink' in value) return cellOf(value.text);
  return { not: 'error' };
}

const { file, largestUnpacked, mostRows, mostColumns, longestText } = workerData;
try {
  const bytes = Buffer.from(file);
  requireHarmless(bytes, largestUnpacked);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes);
  const rows = [];
  workbook.worksheets[0]?.eachRow((row, number) => {
    if (rows.length >= mostRows) return;
    const cells = [];
    for (let column = 1; column <= mostColumns; column += 1) {
      const cell = cellOf(row.getCell(column).value);
      cells.push(typeof cell === 'string' ? cell.slice(0, longestText) : cell);
    }
    if (cells.some((cell) => cell !== '')) rows.push({ number, cells });
  });
  parentPort.postMessage({ rows });
} catch (error) {
  parentPort.postMessage({ failed: error.message === 'too-large' ? 'too-large' : 'not-a-sheet' });
}
