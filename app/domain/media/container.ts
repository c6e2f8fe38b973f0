/** The demuxers uploads are read with, by ffmpeg's names. None of them can point at another file. */
export type Demuxer = 'mov' | 'matroska' | 'avi' | 'mpegts' | 'mpeg' | 'flv' | 'asf';

const MOV_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

function text(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to));
}

function startsWith(head: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

// Sync bytes at every packet of 188 bytes, or of 192 with a time stamp before each (cameras, .mts).
function isTransportStream(head: Uint8Array, packet: number, first: number): boolean {
  return (
    head.length > first + packet * 3 && [0, 1, 2, 3].every((n) => head[first + n * packet] === 0x47)
  );
}

/**
 * Tells a video container by its first bytes, never by its name; undefined for everything else:
 * pictures, sound, documents, playlists and concat scripts.
 */
export function sniffContainer(head: Uint8Array): Demuxer | undefined {
  if (MOV_BOXES.has(text(head, 4, 8))) return isStillPicture(head) ? undefined : 'mov';
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3)) return 'matroska';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'AVI ') return 'avi';
  if (startsWith(head, 0x00, 0x00, 0x01, 0xba)) return 'mpeg';
  if (text(head, 0, 4) === 'FLV\x01') return 'flv';
  if (startsWith(head, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)) return 'asf';
  if (isTransportStream(head, 188, 0) || isTransportStream(head, 192, 4)) return 'mpegts';
  return undefined;
}

// HEIC and AVIF photos share the container with films.
function isStillPicture(head: Uint8Array): boolean {
  return text(head, 4, 8) === 'ftyp' && /^(heic|heix|mif1|avif|avis|msf1)$/.test(text(head, 8, 12));
}
