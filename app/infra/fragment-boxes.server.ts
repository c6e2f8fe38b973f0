// The boxes of a fragmented mp4 (ISO/IEC 14496-12), as far as its index needs them.

interface Box {
  type: string;
  /** Of its content, within the parent's bytes. */
  from: number;
  to: number;
}

export interface Track {
  id: number;
  video: boolean;
  timescale: number;
  /** Where in the track playing starts (edit list), in its timescale. */
  startsAt: number;
  defaultDuration: number;
  /** Where playing the samples read so far ends, in its timescale. */
  endsAt: number;
  /** Composition offset of the very first sample: what reordering alone delays it by. */
  delay: number | undefined;
}

function boxesIn(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > to) break;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), from: at + 8, to: at + size });
    at += size;
  }
  return boxes;
}

function inside(bytes: Buffer, box: Box | undefined, ...path: string[]): Box | undefined {
  return path.reduce<Box | undefined>(
    (parent, type) => parent && boxesIn(bytes, parent.from, parent.to).find((b) => b.type === type),
    box,
  );
}

function need(box: Box | undefined, name: string): Box {
  if (!box) throw new Error(`the packaged file has no ${name}`);
  return box;
}

function readTrack(moov: Buffer, trak: Box): Track {
  const tkhd = need(inside(moov, trak, 'tkhd'), 'tkhd');
  const mdhd = need(inside(moov, trak, 'mdia', 'mdhd'), 'mdhd');
  const hdlr = need(inside(moov, trak, 'mdia', 'hdlr'), 'hdlr');
  const wide = (box: Box) => moov.readUInt8(box.from) === 1;
  return {
    id: moov.readUInt32BE(tkhd.from + (wide(tkhd) ? 20 : 12)),
    video: moov.toString('latin1', hdlr.from + 8, hdlr.from + 12) === 'vide',
    timescale: moov.readUInt32BE(mdhd.from + (wide(mdhd) ? 20 : 12)),
    startsAt: readEditStart(moov, inside(moov, trak, 'edts', 'elst')),
    defaultDuration: 0,
    endsAt: 0,
    delay: undefined,
  };
}

function readEditStart(moov: Buffer, elst: Box | undefined): number {
  if (!elst) return 0;
  const wide = moov.readUInt8(elst.from) === 1;
  const count = moov.readUInt32BE(elst.from + 4);
  for (let n = 0; n < count; n += 1) {
    const entry = elst.from + 8 + n * (wide ? 20 : 12);
    const start = wide ? Number(moov.readBigInt64BE(entry + 8)) : moov.readInt32BE(entry + 4);
    if (start >= 0) return start;
  }
  return 0;
}

/** The codecs of a file, as playlists name them. */
export function readCodecs(moov: Buffer): string[] {
  const codecs: string[] = [];
  const avc = moov.indexOf('avcC', 0, 'latin1');
  if (avc > 0) codecs.push(`avc1.${moov.toString('hex', avc + 5, avc + 8)}`);
  if (moov.includes('mp4a', 0, 'latin1')) codecs.push('mp4a.40.2');
  return codecs;
}

/** The samples' length, and the first one's composition offset; flags as in 8.8.7 and 8.8.8. */
function readRun(moof: Buffer, traf: Box, track: Track): { length: number; offset: number } {
  const tfhd = need(inside(moof, traf, 'tfhd'), 'tfhd');
  const headFlags = moof.readUInt32BE(tfhd.from) & 0xffffff;
  let at = tfhd.from + 8 + (headFlags & 1 ? 8 : 0) + (headFlags & 2 ? 4 : 0);
  const usual = headFlags & 8 ? moof.readUInt32BE(at) : track.defaultDuration;
  let length = 0;
  let offset: number | undefined;
  for (const trun of boxesIn(moof, traf.from, traf.to).filter((box) => box.type === 'trun')) {
    const flags = moof.readUInt32BE(trun.from) & 0xffffff;
    const count = moof.readUInt32BE(trun.from + 4);
    at = trun.from + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
    const step = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
    if (count > 0) offset ??= flags & 0x800 ? moof.readInt32BE(at + step - 4) : 0;
    for (let n = 0; n < count; n += 1, at += step)
      length += flags & 0x100 ? moof.readUInt32BE(at) : usual;
  }
  return { length, offset: offset ?? 0 };
}

/** The tracks of a moov box's content, by their ids. */
export function readTracks(moov: Buffer): Map<number, Track> {
  const top = boxesIn(moov);
  const tracks = top.filter((box) => box.type === 'trak').map((trak) => readTrack(moov, trak));
  const byId = new Map(tracks.map((track) => [track.id, track]));
  const extends_ = top.find((box) => box.type === 'mvex');
  for (const trex of extends_ ? boxesIn(moov, extends_.from, extends_.to) : []) {
    const track = trex.type === 'trex' ? byId.get(moov.readUInt32BE(trex.from + 4)) : undefined;
    if (track) track.defaultDuration = moov.readUInt32BE(trex.from + 12);
  }
  return byId;
}

/** When the fragment's picture starts (or its sound, where there is no picture), in s; notes each track's end. */
export function readFragment(moof: Buffer, tracks: Map<number, Track>): number | undefined {
  let startsAt: number | undefined;
  const soundAlone = ![...tracks.values()].some((track) => track.video);
  for (const traf of boxesIn(moof).filter((box) => box.type === 'traf')) {
    const tfhd = need(inside(moof, traf, 'tfhd'), 'tfhd');
    const tfdt = need(inside(moof, traf, 'tfdt'), 'tfdt');
    const track = tracks.get(moof.readUInt32BE(tfhd.from + 4));
    if (!track) continue;
    const start =
      moof.readUInt8(tfdt.from) === 1
        ? Number(moof.readBigUInt64BE(tfdt.from + 4))
        : moof.readUInt32BE(tfdt.from + 4);
    const { length, offset } = readRun(moof, traf, track);
    track.delay ??= offset;
    track.endsAt = start + length + track.delay - track.startsAt;
    if (track.video || soundAlone) startsAt = (start + offset - track.startsAt) / track.timescale;
  }
  return startsAt;
}
