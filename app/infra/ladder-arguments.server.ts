import type { Source } from './media-probe.server';

/** One encoded rendition: H.264 and AAC in a fragmented mp4. */
export interface FilmOutput {
  file: string;
  width: number;
  height: number;
  /** Bits a second at most. */
  maxRate: number;
  soundRate: number;
}

/** Sheets of thumbnails, `columns` by `rows` a sheet, one thumbnail every `everySeconds`. */
export interface PreviewsOutput {
  /** With %d where the sheet's number goes, from 1. */
  pattern: string;
  everySeconds: number;
  width: number;
  height: number;
  columns: number;
  rows: number;
}

/** Everything that one reading of a source is turned into. */
export interface Ladder {
  films: FilmOutput[];
  /** The sound alone, at so many bits a second. */
  sound: { file: string; rate: number } | undefined;
  previews: PreviewsOutput | undefined;
  /** Where segments begin, in s; undefined: at 0, 2, 8, 14 … */
  keyframes: number[] | undefined;
}

const PREVIEW_TICKS = 5;
const MOST_PICTURES = 60;
// A small picture at a low rate looks better with half of 50 or 60 pictures a second.
const LOW_RATE = 200_000;
const LOW_RATE_PICTURES = 31;

// A small first segment, then 6 s each.
const USUAL_KEYFRAMES =
  'expr:if(isnan(prev_forced_t),1,gte(t,if(lt(prev_forced_t,1),2,prev_forced_t+6)))';
// A picture is taken as soon as it is not before the moment; rounding must not make it the next one.
const KEYFRAME_SLACK_SECONDS = 0.002;

const TO_STANDARD_RANGE =
  'color_primaries=bt2020:colorspace=bt2020nc:range=tv,zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,' +
  'zscale=t=bt709:m=bt709:r=tv';

/** Gaps filled and a late start padded, so that sound stays with the picture; -16 LUFS; 48 kHz stereo. */
export const LOUDNESS =
  'aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,' +
  'loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000';

/** Fragments of an mp4 that can be read from its start on, one for each keyframe. */
export const FRAGMENTED = [
  ...['-max_muxing_queue_size', '4096', '-f', 'mp4', '-min_frag_duration', '1000000'],
  ...['-movflags', 'frag_keyframe+delay_moov+default_base_moof+skip_trailer'],
];

const ANONYMOUS = ['-map_metadata', '-1', '-map_chapters', '-1'];

/** ffmpeg's arguments after the input: one decoding, every output of the ladder. */
export function ladderArguments(source: Source, ladder: Ladder): string[] {
  const films = [...ladder.films].sort((a, b) => b.width * b.height - a.width * a.height);
  const hasSound = source.probe.audio !== undefined;
  const graph = [
    ...pictureGraph(source, films, ladder.previews),
    ...soundGraph(source, films.length + (ladder.sound ? 1 : 0)),
  ];
  return [
    ...['-filter_complex', graph.join(';')],
    ...films.flatMap((film, n) => [
      ...['-map', `[film${n}]`, ...(hasSound ? ['-map', `[sound${n}]`] : []), ...ANONYMOUS],
      ...encoder(film, ladder.keyframes),
      ...(hasSound ? ['-c:a', 'aac', '-b:a', String(film.soundRate)] : []),
      ...[...FRAGMENTED, `file:${film.file}`],
    ]),
    ...(ladder.sound && hasSound
      ? [
          ...['-map', `[sound${films.length}]`, ...ANONYMOUS],
          ...['-c:a', 'aac', '-b:a', String(ladder.sound.rate), '-f', 'mp4'],
          ...['-movflags', 'delay_moov+default_base_moof+skip_trailer'],
          ...['-frag_duration', '2000000', `file:${ladder.sound.file}`],
        ]
      : []),
    ...(ladder.previews
      ? [
          ...['-map', '[previews]', '-fps_mode', 'passthrough', '-q:v', '7'],
          ...['-pix_fmt', 'yuvj420p', '-f', 'image2', `file:${ladder.previews.pattern}`],
        ]
      : []),
  ];
}

/** Each picture is scaled from the next larger one: the source is scaled once. */
function pictureGraph(
  { probe }: Source,
  films: FilmOutput[],
  previews: PreviewsOutput | undefined,
): string[] {
  const { video } = probe;
  const pictures = video?.framesPerSecond ?? 0;
  const clean = [
    ...(video?.interlaced ? ['yadif'] : []),
    ...(pictures > MOST_PICTURES + 1 ? [`fps=${MOST_PICTURES}`] : []),
  ];
  const colours = [
    ...(video?.highDynamicRange
      ? [`setparams=color_trc=${video.highDynamicRange}:${TO_STANDARD_RANGE}`]
      : []),
    ...['setsar=1', 'format=yuv420p'],
  ];
  const steps: string[] = [];
  let from = `[0:${video?.index ?? 0}]`;
  films.forEach((film, n) => {
    const scale = `scale=${film.width}:${film.height}`;
    const filters = n === 0 ? [...clean, scale, ...colours] : [scale, 'setsar=1'];
    const slow = film.maxRate < LOW_RATE && pictures > LOW_RATE_PICTURES;
    const own = slow ? `[fast${n}]` : `[film${n}]`;
    const more = n < films.length - 1 || previews !== undefined;
    steps.push(`${from}${filters.join(',')}${more ? `,split${own}[rest${n}]` : own}`);
    if (slow) steps.push(`[fast${n}]framestep=2[film${n}]`);
    from = `[rest${n}]`;
  });
  if (previews) {
    const { everySeconds, width, height, columns, rows } = previews;
    const chosen = [
      `fps=${PREVIEW_TICKS}:start_time=0`,
      `select='not(mod(n,${everySeconds * PREVIEW_TICKS}))'`,
      `scale=${width}:${height}`,
    ];
    const whole = films.length === 0 ? [...clean, ...chosen, ...colours] : chosen;
    steps.push(`${from}${whole.join(',')},tile=${columns}x${rows}[previews]`);
  }
  return steps;
}

function soundGraph({ probe }: Source, outputs: number): string[] {
  if (!probe.audio || outputs === 0) return [];
  const ends = Array.from({ length: outputs }, (_, n) => `[sound${n}]`).join('');
  return [`[0:${probe.audio.index}]${LOUDNESS},asplit=${outputs}${ends}`];
}

function encoder(film: FilmOutput, keyframes: number[] | undefined): string[] {
  const moments = keyframes?.map((at) => Math.max(0, at - KEYFRAME_SLACK_SECONDS).toFixed(3));
  const low = film.maxRate < LOW_RATE;
  // On a slow line every segment must keep to the rate, the first one too.
  const buffer = low ? film.maxRate : film.maxRate * 2;
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
    ...['-maxrate', String(film.maxRate), '-bufsize', String(buffer)],
    ...(low ? ['-rc_init_occupancy', String(Math.round(buffer * 0.4))] : []),
    ...['-sc_threshold', '0', '-g', '1000', '-threads:v', '2'],
    ...['-force_key_frames', moments?.join(',') ?? USUAL_KEYFRAMES],
  ];
}
