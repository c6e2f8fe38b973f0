import { stat } from 'node:fs/promises';
import { FRAGMENTED, ladderArguments, LOUDNESS, type Ladder } from './ladder-arguments.server';
import { keepFlushing } from './keep-flushing.server';
import { readOnly, type Source } from './media-probe.server';
import { findProgram, ProgramFailed, runProgram } from './run-program.server';

const STALLED_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const POSTER_WIDTH = 480;
const LARGEST_POSTER = 40_000;

export interface Watching {
  signal: AbortSignal;
  /** Called with the seconds of the source that are done. */
  onSeconds?: (seconds: number) => void;
  /** Whether it runs at normal priority: seconds of work that somebody waits for. */
  urgent?: true;
}

/** Whether ffmpeg and ffprobe are installed. */
export async function canTranscode(): Promise<boolean> {
  const found = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')]);
  return found.every((path) => path !== undefined);
}

/**
 * Writes the picture of a source, as it is, as a fragmented mp4 with a fragment for each keyframe;
 * its sound as it is, too, or encoded at -16 LUFS. Rejects with ProgramFailed; nothing is read but
 * the input, nothing written but the output.
 */
export async function repackage(
  source: Source,
  sound: 'none' | 'copy' | 'encode',
  output: string,
  watching: Watching,
): Promise<void> {
  const { video, audio } = source.probe;
  const sounds = {
    none: [],
    copy: ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'],
    encode: ['-af', LOUDNESS, '-c:a', 'aac', '-b:a', '128k'],
  };
  // What waits in memory when the copy is made, the database would wait for with its next row.
  const flushing = keepFlushing(output, 1);
  try {
    await run(source, watching, [
      ...['-map', `0:${video?.index ?? 0}`],
      ...(audio && sound !== 'none' ? ['-map', `0:${audio.index}`] : []),
      ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...['-c:v', 'copy', '-tag:v', 'avc1', ...sounds[sound], ...FRAGMENTED, `file:${output}`],
    ]);
  } finally {
    flushing.stop();
  }
}

/**
 * Makes renditions, sound alone and sheets of thumbnails in one decoding of the source. Rejects with
 * ProgramFailed; nothing is read but the input, nothing written but what the ladder names.
 */
export async function encodeLadder(
  source: Source,
  ladder: Ladder,
  watching: Watching,
): Promise<void> {
  try {
    await run(source, watching, ladderArguments(source, ladder));
  } catch (error) {
    const { video } = source.probe;
    const lacksFilter = error instanceof ProgramFailed && /No such filter/.test(error.stderr);
    if (!lacksFilter || !video?.highDynamicRange) throw error;
    // An ffmpeg built without zscale: pale colours are better than no lesson.
    const probe = { ...source.probe, video: { ...video, highDynamicRange: undefined } };
    await run(source, watching, ladderArguments({ ...source, probe }, ladder));
  }
}

async function run(source: Source, watching: Watching, outputs: string[]): Promise<void> {
  await runProgram(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-progress', 'pipe:1'],
      ...['-threads', '2', ...readOnly(source.input, source.demuxer), ...outputs],
    ],
    {
      signal: watching.signal,
      ...(watching.urgent ? { urgent: true } : {}),
      longestMs: HOUR_MS + source.probe.durationMs * 20,
      stalledMs: STALLED_MS,
      onLine(line) {
        const done = /^out_time_us=(\d+)$/.exec(line)?.[1];
        if (done) watching.onSeconds?.(Number(done) / 1_000_000);
      },
    },
  );
}

/**
 * Writes a still of 480 px width and under 40 kB from near `atSeconds` to `output`: the one of the next
 * 24 pictures that shows most, or, `urgent`, the keyframe before, of which nothing else is decoded.
 * Rejects with ProgramFailed; where there is no such picture, nothing is written.
 */
export async function makePoster(
  film: { input: string; demuxer: string },
  atSeconds: number,
  output: string,
  { signal, urgent }: Pick<Watching, 'signal' | 'urgent'>,
): Promise<void> {
  const [seek, choose] = urgent
    ? [['-skip_frame', 'nokey', '-noaccurate_seek'], '']
    : [[], 'thumbnail=24,'];
  for (const quality of ['5', '9', '14', '22', '31']) {
    await runProgram(
      'ffmpeg',
      [
        ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-threads', '2'],
        ...[...seek, '-ss', String(atSeconds), ...readOnly(film.input, film.demuxer)],
        ...['-map', '0:v:0', '-frames:v', '1', '-vf', `${choose}scale=${POSTER_WIDTH}:-2`],
        ...['-q:v', quality, '-pix_fmt', 'yuvj420p', '-f', 'image2', '-update', '1'],
        `file:${output}`,
      ],
      { signal, longestMs: 5 * 60_000, ...(urgent && { urgent }) },
    );
    const made = await stat(output).catch(() => undefined);
    if (!made || made.size < LARGEST_POSTER) break;
  }
}
