import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One kind of file that people upload, and what must become of it. */
export interface Clip {
  /** With the ending under which it is uploaded. */
  name: string;
  kind: string;
  /** Writes it; `made` gives another clip's path. */
  make: (file: string, made: (name: string) => string) => void;
  expected: ClipRefused | ClipPlayed;
}

export interface ClipRefused {
  reason: string;
}

export interface ClipPlayed {
  /** The largest rendition. */
  width: number;
  height: number;
  heights: number[];
  sound: boolean;
  repackaged: boolean;
  /** Where ffprobe's figure for the file is not what plays: between these, in ms. */
  plays?: [number, number];
  note?: string;
  /** The picture's upper part is red: it stands upright. */
  redOnTop?: boolean;
}

const ffmpeg = (...args: string[]) =>
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);

const picture = (size: string, seconds: number, rate: number | string = 25) => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
];
const tone = (seconds: number, layout = 'stereo') => [
  ...['-f', 'lavfi', '-i', `sine=440:d=${seconds}:r=48000,aformat=channel_layouts=${layout}`],
];
const H264 = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-profile:v', 'main'],
  ...['-g', '25', '-bf', '2'],
];
const HEVC10 = [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'],
];
const AAC = ['-c:a', 'aac', '-b:a', '96k'];

/** Writes quarter turns clockwise into the display matrix of the picture's header (ISO 14496-12, 8.3.2). */
function turn(from: string, to: string, quarters: 1 | 2 | 3): void {
  const [a, b, c, d] = { 1: [0, 1, -1, 0], 2: [-1, 0, 0, -1], 3: [0, -1, 1, 0] }[quarters];
  const bytes = readFileSync(from);
  const matrix = bytes.indexOf('tkhd', 0, 'latin1') + 4 + 40;
  [a, b, 0, c, d].forEach((value = 0, n) => bytes.writeInt32BE(value * 0x10000, matrix + n * 4));
  writeFileSync(to, bytes);
}

/** A film with red on the side that comes to the top once it is turned. */
function turned(file: string, quarters: 1 | 2 | 3): void {
  const red = { 1: 'x=0:y=0:w=320:h=360', 2: 'x=0:y=180:w=640:h=180', 3: 'x=320:y=0:w=320:h=360' };
  const flat = `${file}.flat.mp4`;
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'color=blue:s=640x360:r=30:d=3', ...tone(3)],
    ...['-vf', `drawbox=${red[quarters]}:color=red:t=fill`, ...H264, ...AAC, flat],
  );
  turn(flat, file, quarters);
}

function cut(from: string, to: string, share: number): void {
  copyFileSync(from, to);
  truncateSync(to, Math.floor(readFileSync(from).length * share));
}

const wide = (height: number, more: Partial<ClipPlayed> = {}): ClipPlayed => {
  const steps = [240, 480, 720].filter((side) => side < height * 0.8);
  return {
    width: Math.round((height * 16) / 9 / 2) * 2,
    height,
    heights: [...steps, height],
    sound: true,
    repackaged: false,
    ...more,
  };
};

const upright = { width: 360, height: 640, heights: [426, 640], sound: true, repackaged: false };

/** Every kind of file that the platform says something about; none is longer than 5 s. */
export const CLIPS: Clip[] = [
  {
    name: 'phone.mp4',
    kind: 'a clip of 3 s from a phone, H.264 and AAC',
    make: (file) => ffmpeg(...picture('1280x720', 3, 30), ...tone(3), ...H264, ...AAC, file),
    expected: wide(720, { repackaged: true }),
  },
  {
    name: 'turned-right.mp4',
    kind: 'held upright on a phone',
    make: (file) => turned(file, 1),
    expected: { ...upright, redOnTop: true },
  },
  {
    name: 'turned-over.mp4',
    kind: 'held upside down',
    make: (file) => turned(file, 2),
    expected: wide(360, { redOnTop: true }),
  },
  {
    name: 'turned-left.mov',
    kind: 'held upright the other way',
    make: (file) => turned(file, 3),
    expected: { ...upright, redOnTop: true },
  },
  {
    name: 'uneven.mp4',
    kind: 'a variable frame rate',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 5, 30), ...tone(5)],
        ...['-vf', "select='not(mod(n,4))+lt(mod(t,2),0.7)'", '-fps_mode', 'vfr', ...H264],
        ...[...AAC, file],
      ),
    expected: wide(360, { repackaged: true }),
  },
  {
    name: 'uneven.webm',
    kind: 'a variable frame rate that must be encoded',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 4, 30), ...tone(4)],
        ...['-vf', "select='not(mod(n,5))+lt(mod(t,2),0.5)'", '-fps_mode', 'vfr'],
        ...['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libvorbis', file],
      ),
    expected: wide(360),
  },
  {
    name: 'large.mp4',
    kind: '4K',
    make: (file) => ffmpeg(...picture('3840x2160', 1, 30), ...tone(1), ...H264, ...AAC, file),
    expected: wide(1080),
  },
  {
    name: 'ten-bits.mov',
    kind: '10-bit HEVC in .mov',
    make: (file) =>
      ffmpeg(
        ...[...picture('1280x720', 3, 30), ...tone(3), ...HEVC10],
        ...['-x265-params', 'log-level=none', ...AAC, file],
      ),
    expected: wide(720),
  },
  {
    name: 'bright.mov',
    kind: 'HDR of a phone',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 2, 30), ...tone(2), ...HEVC10, '-color_trc', 'arib-std-b67'],
        ...['-x265-params', 'log-level=none:transfer=arib-std-b67', ...AAC, file],
      ),
    expected: wide(360),
  },
  {
    name: 'camera.mov',
    kind: 'H.264 with uncompressed sound in .mov',
    make: (file) =>
      ffmpeg(...picture('1280x720', 3), ...tone(3), ...H264, '-c:a', 'pcm_s16le', file),
    expected: wide(720, { repackaged: true }),
  },
  {
    name: 'professional.mov',
    kind: '10-bit 4:2:2 of a camera',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 2), ...tone(2), '-c:v', 'libx264', '-preset', 'ultrafast'],
        ...['-pix_fmt', 'yuv422p10le', ...AAC, file],
      ),
    expected: wide(360),
  },
  {
    name: 'surround.mkv',
    kind: 'H.264 with 5.1 sound in .mkv',
    make: (file) =>
      ffmpeg(...picture('640x360', 4), ...tone(4, '5.1'), ...H264, '-c:a', 'ac3', file),
    expected: wide(360, { repackaged: true }),
  },
  {
    name: 'old.avi',
    kind: 'MPEG-4 with MP3 in .avi',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x480', 3), ...tone(3), '-c:v', 'mpeg4', '-q:v', '5'],
        ...['-c:a', 'libmp3lame', file],
      ),
    expected: { ...wide(480), width: 640 },
  },
  {
    name: 'web.webm',
    kind: 'VP9 with Opus in .webm',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 3), ...tone(3), '-c:v', 'libvpx-vp9', '-deadline', 'realtime'],
        ...['-c:a', 'libopus', file],
      ),
    expected: wide(360),
  },
  {
    name: 'screen.webm',
    kind: 'what a browser records, without a length',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 3), ...tone(3), '-c:v', 'libvpx', '-deadline', 'realtime'],
        ...['-c:a', 'libopus', '-f', 'webm', '-live', '1', file],
      ),
    expected: wide(360, { plays: [2950, 3050] }),
  },
  {
    name: 'broadcast.mts',
    kind: 'interlaced MPEG-2 of a camcorder',
    make: (file) =>
      ffmpeg(
        ...[...picture('720x576', 3), ...tone(3), '-c:v', 'mpeg2video', '-q:v', '6'],
        ...['-flags', '+ildct+ilme', '-top', '1', '-aspect', '16:9', '-c:a', 'mp2'],
        ...['-f', 'mpegts', file],
      ),
    expected: { ...wide(576), width: 1024, heights: [240, 576] },
  },
  {
    name: 'silent.mp4',
    kind: 'no sound',
    make: (file) => ffmpeg(...picture('640x360', 4), ...H264, file),
    expected: wide(360, { sound: false, repackaged: true }),
  },
  {
    name: 'mono.mp4',
    kind: 'mono sound',
    make: (file) => ffmpeg(...picture('640x360', 3), ...tone(3, 'mono'), ...H264, ...AAC, file),
    expected: wide(360, { repackaged: true }),
  },
  {
    name: 'six-channels.mp4',
    kind: '5.1 sound in AAC',
    make: (file) => ffmpeg(...picture('640x360', 3), ...tone(3, '5.1'), ...H264, ...AAC, file),
    expected: wide(360, { repackaged: true }),
  },
  {
    name: 'late-sound.mkv',
    kind: 'sound that starts a second late',
    make: (file) =>
      ffmpeg(
        ...[...picture('640x360', 4), '-itsoffset', '1', ...tone(3), '-c:v', 'mpeg4'],
        ...['-c:a', 'libopus', file],
      ),
    expected: wide(360),
  },
  {
    name: 'odd.mkv',
    kind: 'odd sides',
    make: (file) =>
      ffmpeg(
        ...[...picture('334x188', 3), ...tone(3), '-vf', 'scale=333:187', '-c:v', 'libx264'],
        ...['-preset', 'ultrafast', '-pix_fmt', 'yuv444p', '-c:a', 'libopus', file],
      ),
    expected: { width: 332, height: 188, heights: [188], sound: true, repackaged: false },
  },
  {
    name: 'quick.mp4',
    kind: '60 pictures a second',
    make: (file) => ffmpeg(...picture('1280x720', 2, 60), ...tone(2), ...H264, ...AAC, file),
    expected: wide(720, { repackaged: true }),
  },
  {
    name: 'named-wrong.mp4',
    kind: 'a .mkv named .mp4',
    make: (file, made) => copyFileSync(made('surround.mkv'), file),
    expected: wide(360, { repackaged: true }),
  },
  {
    name: 'cut-off.mp4',
    kind: 'an .mp4 whose end was lost',
    make: (file) => {
      const whole = `${file}.whole.mp4`;
      const early = ['-movflags', '+faststart'];
      ffmpeg(...picture('640x360', 5), ...tone(5), ...H264, ...AAC, ...early, whole);
      cut(whole, file, 0.6);
    },
    expected: wide(360, { repackaged: true, plays: [1500, 4000], note: 'cut-short' }),
  },
  {
    name: 'cut-off.mkv',
    kind: 'an .mkv whose end was lost, to be encoded',
    make: (file) => {
      const whole = `${file}.whole.mkv`;
      ffmpeg(...picture('640x360', 5), ...tone(5), '-c:v', 'mpeg4', '-c:a', 'libopus', whole);
      cut(whole, file, 0.6);
    },
    expected: wide(360, { plays: [1500, 4000], note: 'cut-short' }),
  },
  {
    name: 'no-index.mp4',
    kind: 'an .mp4 whose index is missing',
    make: (file, made) => cut(made('phone.mp4'), file, 0.5),
    expected: { reason: 'damaged' },
  },
  {
    name: 'sound.m4a',
    kind: 'sound only',
    make: (file) => ffmpeg(...tone(3), ...AAC, file),
    expected: { reason: 'no-picture' },
  },
  {
    name: 'sound.mp4',
    kind: 'an .mp3 named .mp4',
    make: (file) => ffmpeg(...tone(3), '-c:a', 'libmp3lame', '-f', 'mp3', file),
    expected: { reason: 'not-a-video' },
  },
  {
    name: 'playlist.mp4',
    kind: 'a playlist named .mp4',
    make: (file, made) =>
      writeFileSync(
        file,
        `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfile://${made('phone.mp4')}\n#EXT-X-ENDLIST\n`,
      ),
    expected: { reason: 'not-a-video' },
  },
  {
    name: 'script.mp4',
    kind: 'a concat script named .mp4',
    make: (file, made) =>
      writeFileSync(file, `ffconcat version 1.0\nfile '${made('phone.mp4')}'\n`),
    expected: { reason: 'not-a-video' },
  },
  {
    name: 'nothing.mp4',
    kind: 'zero bytes',
    make: (file) => writeFileSync(file, ''),
    expected: { reason: 'empty' },
  },
];

const CACHE = join(tmpdir(), 'jiangxue-clips');

/** The clip's path; by default it is made once for all test runs with the same recipe. */
export function makeClip(name: string, folder?: string): string {
  const clip = CLIPS.find((one) => one.name === name);
  if (!clip) throw new Error(`no such clip: ${name}`);
  const recipe = createHash('sha256').update(clip.make.toString()).digest('hex').slice(0, 12);
  const home = folder ?? join(CACHE, recipe);
  const file = join(home, name);
  if (existsSync(file)) return file;
  const draft = join(home, `draft-${process.pid}`);
  mkdirSync(draft, { recursive: true });
  clip.make(join(draft, name), (other) => makeClip(other, folder));
  renameSync(join(draft, name), file);
  rmSync(draft, { recursive: true });
  return file;
}
