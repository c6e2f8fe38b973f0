import { sniffContainer } from './container';

/** Why a file could never be watched; keys of the media messages. */
export type FileFault = 'empty' | 'not-a-video' | 'cut-off';

const HEAD_BYTES = 1024;
const MOST_BOXES = 500;

/**
 * Looks into a file before a byte of it is sent: `not-a-video` by its first bytes, and `cut-off` for
 * an MP4 or MOV without its index, of which nothing can be played: the recording or the copy was
 * broken off. `read` answers at most `length` bytes from `offset` on.
 */
export async function findFileFault(
  bytes: number,
  read: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<FileFault | undefined> {
  if (bytes === 0) return 'empty';
  const container = sniffContainer(await read(0, HEAD_BYTES));
  if (container === undefined) return 'not-a-video';
  if (container === 'mov' && !(await hasIndex(bytes, read))) return 'cut-off';
  return undefined;
}

/** Walks the top-level boxes (ISO/IEC 14496-12, 4.2) to the index. */
async function hasIndex(
  bytes: number,
  read: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<boolean> {
  let offset = 0;
  for (let count = 0; count < MOST_BOXES && offset + 8 <= bytes; count += 1) {
    const head = await read(offset, 16);
    if (head.length < 8) return false;
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    if (String.fromCharCode(...head.subarray(4, 8)) === 'moov') return true;
    const short = view.getUint32(0);
    const size = short === 1 && head.length === 16 ? Number(view.getBigUint64(8)) : short;
    // 0: to the end of the file; less than a head: nothing that can be walked.
    if (size < 8) return false;
    offset += size;
  }
  return offset + 8 <= bytes;
}
