/** What a picture's first bytes say of it. */
export interface ImageFacts {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Pixels. */
  width: number;
  height: number;
}

/** The kind and size of a PNG, JPEG or WebP by its content; undefined for anything else, whatever its name. */
export function readImage(bytes: Uint8Array): ImageFacts | undefined {
  const found = readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  return found && found.width > 0 && found.height > 0 ? found : undefined;
}

const ascii = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, n) => bytes[at + n] === letter.charCodeAt(0));

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** PNG 1.2, 5.2 and 11.2.2: the signature, then IHDR. */
function readPng(bytes: Uint8Array): ImageFacts | undefined {
  if (bytes.length < 24 || bytes[0] !== 0x89 || !ascii(bytes, 1, 'PNG\r\n\x1a\n')) return undefined;
  const view = viewOf(bytes);
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU T.81, B.2.2: the first frame header; all but DHT, JPG and DAC of C0 to CF are one. */
function readJpeg(bytes: Uint8Array): ImageFacts | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) {
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The WebP container specification: VP8 (lossy), VP8L (lossless), VP8X (extended). */
function readWebp(bytes: Uint8Array): ImageFacts | undefined {
  if (bytes.length < 30 || !ascii(bytes, 0, 'RIFF') || !ascii(bytes, 8, 'WEBP')) return undefined;
  const view = viewOf(bytes);
  const size = (width: number, height: number): ImageFacts => ({
    type: 'image/webp',
    width,
    height,
  });
  if (ascii(bytes, 12, 'VP8 ')) {
    return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  }
  if (ascii(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
  }
  if (!ascii(bytes, 12, 'VP8X')) return undefined;
  const three = (at: number) => view.getUint16(at, true) + ((bytes[at + 2] ?? 0) << 16);
  return size(three(24) + 1, three(27) + 1);
}
