import { expect, test } from 'vitest';
import { findFileFault } from './find-file-fault';

function box(type: string, content: number): Uint8Array {
  const bytes = new Uint8Array(8 + content);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  bytes.set(new TextEncoder().encode(type), 4);
  return bytes;
}

function largeBox(type: string, content: number): Uint8Array {
  const bytes = new Uint8Array(16 + content);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 1);
  view.setBigUint64(8, BigInt(bytes.length));
  bytes.set(new TextEncoder().encode(type), 4);
  return bytes;
}

const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

async function faultOf(file: Uint8Array): Promise<string | undefined> {
  let readBytes = 0;
  const fault = await findFileFault(file.length, (offset, length) => {
    const part = file.slice(offset, offset + length);
    readBytes += part.length;
    return Promise.resolve(part);
  });
  expect(readBytes).toBeLessThan(10_000);
  return fault;
}

const text = new TextEncoder();

test.each([
  ['an empty file', new Uint8Array(), 'empty'],
  ['a playlist named .mp4', text.encode('#EXTM3U\n/etc/passwd\n'), 'not-a-video'],
  ['a document', text.encode('%PDF-1.7 and more text than that'), 'not-a-video'],
  [
    'a film with its index first',
    join(box('ftyp', 8), box('moov', 50), box('mdat', 100_000)),
    undefined,
  ],
  [
    'a film with its index last',
    join(box('ftyp', 8), box('mdat', 100_000), box('moov', 50)),
    undefined,
  ],
  [
    'a large film with its index last',
    join(box('ftyp', 8), largeBox('mdat', 90_000), box('moov', 9)),
    undefined,
  ],
  ['a film whose index was never written', join(box('ftyp', 8), box('mdat', 100_000)), 'cut-off'],
  ['a copy that broke off', join(box('ftyp', 8), box('mdat', 100_000)).slice(0, 50_000), 'cut-off'],
  [
    'a recording that says: to the end',
    join(box('ftyp', 8), new Uint8Array([0, 0, 0, 0, ...text.encode('mdat'), 1, 2])),
    'cut-off',
  ],
])('%s', async (_what, file, fault) => {
  expect(await faultOf(file)).toBe(fault);
});

test('a film with thousands of fragments is not held to be cut off for them', async () => {
  const file = join(
    box('ftyp', 8),
    ...Array.from({ length: 600 }, () => box('free', 1)),
    box('moov', 9),
  );
  const fault = await findFileFault(file.length, (offset, length) =>
    Promise.resolve(file.slice(offset, offset + length)),
  );
  expect(fault).toBeUndefined();
});
