import { open } from 'node:fs/promises';
import { runProgram } from './run-program.server';

/** What ffprobe found in a file; absent figures are 0. */
export interface MediaProbe {
  durationMs: number;
  video:
    | {
        index: number;
        codec: string;
        profile: string;
        pixelFormat: string;
        /** As stored, before rotation. */
        width: number;
        height: number;
        /** Degrees clockwise to show it upright: 0, 90, 180, 270. */
        rotation: number;
        /** Width of a pixel by its height. */
        pixelAspect: number;
        framesPerSecond: number;
        interlaced: boolean;
        /** The HDR transfer (HLG or PQ) to be mapped to what screens show. */
        highDynamicRange: 'arib-std-b67' | 'smpte2084' | undefined;
      }
    | undefined;
  audio: { index: number; codec: string; profile: string; channels: number } | undefined;
}

/** A file that was looked into, with the one demuxer that may read it. */
export interface Source {
  input: string;
  demuxer: string;
  probe: MediaProbe;
}

const PROBE_TIMEOUT_MS = 120_000;
const HEAD_BYTES = 4096;

/** The first bytes of a file, to tell its container by. */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The arguments that let ffmpeg and ffprobe read one local file with one demuxer and nothing else:
 * no network, no playlist, no second file.
 */
export function readOnly(path: string, demuxer: string): string[] {
  const external = demuxer === 'mov' ? ['-enable_drefs', '0', '-use_absolute_path', '0'] : [];
  return [
    ...['-protocol_whitelist', 'file', '-format_whitelist', demuxer, '-f', demuxer],
    ...[...external, '-i', `file:${path}`],
  ];
}

interface RawStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  profile?: string;
  pix_fmt?: string;
  width?: number;
  height?: number;
  channels?: number;
  sample_aspect_ratio?: string;
  avg_frame_rate?: string;
  field_order?: string;
  color_transfer?: string;
  duration?: string;
  disposition?: { attached_pic?: number };
  side_data_list?: { rotation?: number }[];
}

function ratio(text: string | undefined): number {
  const [above = 0, below = 1] = (text ?? '').split(/[:/]/).map(Number);
  return below > 0 && Number.isFinite(above / below) ? above / below : 0;
}

/** Looks into a file with one named demuxer. Rejects with ProgramFailed when it cannot be read. */
export async function probeMedia(
  path: string,
  demuxer: string,
  signal: AbortSignal,
): Promise<MediaProbe> {
  const output = await runProgram(
    'ffprobe',
    [
      ...['-v', 'error', '-of', 'json', '-show_format', '-show_streams'],
      ...readOnly(path, demuxer),
    ],
    { signal, longestMs: PROBE_TIMEOUT_MS },
  );
  const found = JSON.parse(output) as { streams?: RawStream[]; format?: { duration?: string } };
  const streams = found.streams ?? [];
  const video = streams.find((s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1);
  const audio = streams.find((s) => s.codec_type === 'audio' && (s.channels ?? 0) > 0);
  const seconds = Number(found.format?.duration ?? video?.duration ?? 0);
  return {
    durationMs: Number.isFinite(seconds) ? Math.round(seconds * 1000) : 0,
    video: video && describeVideo(video),
    audio: audio && {
      index: audio.index,
      codec: audio.codec_name ?? '',
      profile: audio.profile ?? '',
      channels: audio.channels ?? 0,
    },
  };
}

/** What a file really holds of its picture, read to its end without decoding. */
export interface PictureScan {
  packets: number;
  /** Where the last picture ends, in ms from the first. */
  endMs: number;
  /** The longest stretch without a keyframe, in s. */
  longestGap: number;
}

const SCAN_TIMEOUT_MS = 30 * 60_000;

/** Walks through a file's pictures. Rejects with ProgramFailed when it cannot be read. */
export async function scanPicture(source: Source, signal: AbortSignal): Promise<PictureScan> {
  const { probe, input, demuxer } = source;
  const keyframes: number[] = [];
  let packets = 0;
  let first = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  const take = (line: string) => {
    const [pts, duration, flags] = line.split(',');
    const at = Number(pts);
    packets += 1;
    if (!Number.isFinite(at) || pts === '') return;
    first = Math.min(first, at);
    end = Math.max(end, at + (Number(duration) || 0));
    if (flags?.startsWith('K')) keyframes.push(at);
  };
  await runProgram(
    'ffprobe',
    [
      ...['-v', 'error', '-of', 'csv=p=0', '-select_streams', String(probe.video?.index ?? 0)],
      ...['-show_entries', 'packet=pts_time,duration_time,flags', ...readOnly(input, demuxer)],
    ],
    { signal, longestMs: SCAN_TIMEOUT_MS, onLine: take },
  );
  const starts = [...keyframes.sort((a, b) => a - b), end];
  const gaps = starts.slice(1).map((at, n) => at - (starts[n] ?? at));
  return {
    packets,
    endMs: packets > 0 ? Math.max(0, Math.round((end - first) * 1000)) : 0,
    longestGap: Math.max(0, ...gaps),
  };
}

function describeVideo(video: RawStream): NonNullable<MediaProbe['video']> {
  const turned = video.side_data_list?.find((side) => side.rotation !== undefined)?.rotation ?? 0;
  return {
    index: video.index,
    codec: video.codec_name ?? '',
    profile: video.profile ?? '',
    pixelFormat: video.pix_fmt ?? '',
    width: video.width ?? 0,
    height: video.height ?? 0,
    rotation: (((-Math.round(turned / 90) * 90) % 360) + 360) % 360,
    pixelAspect: ratio(video.sample_aspect_ratio) || 1,
    framesPerSecond: ratio(video.avg_frame_rate),
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(video.field_order ?? ''),
    highDynamicRange: (['arib-std-b67', 'smpte2084'] as const).find(
      (transfer) => transfer === video.color_transfer,
    ),
  };
}
