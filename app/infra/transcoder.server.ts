import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readOnly, type MediaProbe } from './media-probe.server';
import { findProgram, ProgramFailed, runProgram } from './run-program.server';

export interface Encoding {
  input: string;
  demuxer: string;
  probe: MediaProbe;
  width: number;
  height: number;
  picture: 'copy' | { maxRate: number };
  audio: 'none' | 'copy' | 'encode';
}

const STALLED_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const POSTER_WIDTH = 480;
const LARGEST_POSTER = 40_000;

// Keyframes at 0, 2, 8, 14 … s: a small first segment, then 6 s each.
const KEYFRAMES =
  'expr:if(isnan(prev_forced_t),1,gte(t,if(lt(prev_forced_t,1),2,prev_forced_t+6)))';
const TO_STANDARD_RANGE =
  'color_primaries=bt2020:colorspace=bt2020nc:range=tv,zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,' +
  'zscale=t=bt709:m=bt709:r=tv';

/** Whether ffmpeg and ffprobe are installed. */
export async function canTranscode(): Promise<boolean> {
  const found = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')]);
  return found.every((path) => path !== undefined);
}

function pictureArguments({ picture, probe, width, height }: Encoding): string[] {
  if (picture === 'copy') return ['-c:v', 'copy', '-tag:v', 'avc1'];
  const transfer = probe.video?.highDynamicRange;
  const filters = [
    ...(probe.video?.interlaced ? ['yadif'] : []),
    ...((probe.video?.framesPerSecond ?? 0) > 61 ? ['fps=60'] : []),
    `scale=${width}:${height}`,
    ...(transfer ? [`setparams=color_trc=${transfer}:${TO_STANDARD_RANGE}`] : []),
    'setsar=1',
    'format=yuv420p',
  ];
  const rate = String(picture.maxRate);
  return [
    ...['-vf', filters.join(','), '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high'],
    ...['-crf', '23', '-maxrate', rate, '-bufsize', String(picture.maxRate * 2)],
    ...['-sc_threshold', '0', '-g', '1000', '-force_key_frames', KEYFRAMES, '-threads:v', '2'],
  ];
}

function soundArguments(audio: Encoding['audio']): string[] {
  if (audio === 'none') return [];
  if (audio === 'copy') return ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'];
  return ['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-ar', '48000'];
}

/**
 * Writes one rendition as a fragmented mp4 with a fragment for each keyframe to `output`.
 * Rejects with ProgramFailed; nothing is read but the input, nothing written but the output.
 */
export async function encodeRendition(
  encoding: Encoding,
  output: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await encode(encoding, output, signal);
  } catch (error) {
    const { video } = encoding.probe;
    const lacksFilter = error instanceof ProgramFailed && /No such filter/.test(error.stderr);
    if (!lacksFilter || !video?.highDynamicRange) throw error;
    // An ffmpeg built without zscale: pale colours are better than no lesson.
    const probe = { ...encoding.probe, video: { ...video, highDynamicRange: undefined } };
    await encode({ ...encoding, probe }, output, signal);
  }
}

async function encode(encoding: Encoding, output: string, signal: AbortSignal): Promise<void> {
  const { probe, input, demuxer, audio } = encoding;
  await runProgram(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-progress', 'pipe:1'],
      ...['-threads', '2', ...readOnly(input, demuxer)],
      ...['-map', `0:${probe.video?.index ?? 0}`],
      ...(probe.audio && audio !== 'none' ? ['-map', `0:${probe.audio.index}`] : []),
      ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...pictureArguments(encoding),
      ...soundArguments(audio),
      ...['-max_muxing_queue_size', '4096', '-f', 'mp4'],
      ...['-movflags', 'frag_keyframe+delay_moov+default_base_moof+skip_trailer'],
      ...['-min_frag_duration', '1000000', `file:${output}`],
    ],
    {
      signal,
      longestMs: HOUR_MS + probe.durationMs * 20,
      stalledMs: STALLED_MS,
      onLine: () => undefined,
    },
  );
}

/**
 * Writes a still of 480 px width and under 40 kB, from a tenth of the way in, out of a packaged file.
 * Rejects with ProgramFailed.
 */
export async function makePoster(
  packaged: string,
  durationMs: number,
  directory: string,
  signal: AbortSignal,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const output = join(directory, 'poster.jpg');
  for (const quality of ['5', '9', '14', '22', '31']) {
    await runProgram(
      'ffmpeg',
      [
        ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-threads', '2'],
        ...['-ss', String(Math.min(durationMs / 10_000, 60)), ...readOnly(packaged, 'mov')],
        ...['-map', '0:v:0', '-frames:v', '1', '-vf', `thumbnail=24,scale=${POSTER_WIDTH}:-2`],
        ...['-q:v', quality, '-pix_fmt', 'yuvj420p', '-f', 'image2', '-update', '1'],
        `file:${output}`,
      ],
      { signal, longestMs: 5 * 60_000 },
    );
    if ((await stat(output)).size < LARGEST_POSTER) break;
  }
  return output;
}
