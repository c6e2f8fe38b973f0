/**
 * Makes the demo world's video lessons and packages them as HLS, so that they play on a machine without ffmpeg.
 * Run by hand after the lessons' text or the look has changed: `node scripts/demo-videos.mjs [slug…]`.
 * Needs ffmpeg, chromium and a Chinese font (fonts-noto-cjk); nothing from node_modules.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lessons } from './demo-lessons/lessons.mjs';
import { measureMs, packageAsHls } from './demo-lessons/package-as-hls.mjs';
import { ffmpeg, run } from './demo-lessons/run-tool.mjs';
import { card, movingParts, titleCards } from './demo-lessons/title-cards.mjs';

const mediaFolder = fileURLToPath(new URL('../db/demo/media/', import.meta.url));
const samplePath = fileURLToPath(new URL('../db/demo/upload-sample.mp4', import.meta.url));
const unitSeconds = 8;
/** Above this length keyframes come every second unit and pictures are a little coarser, to stay under 1 MB. */
const longSeconds = 300;
const framesPerSecond = 8;
const soundHz = 16000;
const megabyte = 1_000_000;
const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--hide-scrollbars',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** A slide list with start and length in seconds; the title card first. */
function timetable(lesson) {
  let start = 0;
  return [{ units: 1, says: [`${lesson.title}。`] }, ...lesson.slides].map((slide) => {
    const placed = { start, seconds: slide.units * unitSeconds, says: slide.says };
    start += placed.seconds;
    return placed;
  });
}

/** The seconds at which segments begin: a small first one, then one for each unit or two. */
function keyframesOf(seconds) {
  const step = seconds > longSeconds ? 2 * unitSeconds : unitSeconds;
  const later = Array.from(
    { length: Math.ceil((seconds - unitSeconds) / step) },
    (_, index) => unitSeconds + index * step,
  );
  return [0, 2, ...later];
}

/** Lets chromium draw a page of HTML; what the page leaves empty stays transparent. */
function draw(html, width, height, target) {
  writeFileSync(`${target}.html`, html);
  run(chromium, [
    ...browserFlags,
    '--default-background-color=00000000',
    `--window-size=${width},${height}`,
    `--screenshot=${target}`,
    pathToFileURL(`${target}.html`).href,
  ]);
}

/** The slides, a dial with a hand that goes round once a minute, and the pointer that walks the scale. */
function drawPictures(lesson, count, seconds, folder) {
  const picture = path.join(folder, 'cards.png');
  draw(titleCards(lesson, seconds), card.width, card.height * count, picture);
  ffmpeg('-i', picture, '-vf', `untile=1x${count}`, path.join(folder, 'slide-%02d.png'));
  for (const [part, { width, height, svg }] of Object.entries(movingParts)) {
    const page = `<body style="margin:0"><svg style="display:block" width="${width}" height="${height}">${svg}</svg>`;
    draw(page, width, height, path.join(folder, `${part}.png`));
  }
}

/** Encodes the slides with clock, hand and pointer, and a soft chime at each new slide. */
function encode(slides, seconds, keyframes, folder, target) {
  const font = run('fc-match', ['-f', '%{file}', 'Noto Sans CJK SC']).trim();
  writeFileSync(path.join(folder, 'clock.txt'), '%{pts:gmtime:0:%M\\:%S}');
  const inputs = slides.flatMap((_, index) => [
    '-i',
    path.join(folder, `slide-${String(index + 1).padStart(2, '0')}.png`),
  ]);
  const [dial, hand, pointer] = [slides.length, slides.length + 1, slides.length + 2];
  const held = (index, frames) =>
    `[${index}:v]loop=${frames - 1}:1:0,setpts=N/${framesPerSecond}/TB,fps=${framesPerSecond}`;
  const all = seconds * framesPerSecond;
  const travel = card.scaleRight - card.scaleLeft;
  const graph = [
    ...slides.map(
      (slide, index) => `${held(index, slide.seconds * framesPerSecond)},format=yuv444p[s${index}]`,
    ),
    `${slides.map((_, index) => `[s${index}]`).join('')}concat=n=${slides.length}[base]`,
    `${held(dial, all)},format=rgba[dial]`,
    `${held(hand, all)},format=rgba,rotate=2*PI*floor(t)/60:c=none[hand]`,
    `${held(pointer, all)},format=rgba[pointer]`,
    `[base][dial]overlay=758:20[a]`,
    `[a][hand]overlay=761:23[b]`,
    `[b][pointer]overlay=x='${card.scaleLeft - 4}+${travel}*floor(t)/${seconds}':y=${card.scaleTop - 10}[c]`,
    `[c]drawtext=fontfile=${font}:textfile=${path.join(folder, 'clock.txt')}:fontsize=24:fontcolor=white:x=680:y=32,format=yuv420p[video]`,
  ];
  const chime = slides
    .map(({ start }) => `between(t,${start},${start + 3})*exp(-3*max(0,t-${start}))`)
    .join('+');
  const sound = `aevalsrc='0.06*sin(2*PI*587*t)*(${chime})':s=${soundHz}:d=${seconds - 0.2}`;
  ffmpeg(
    ...inputs,
    ...['dial', 'hand', 'pointer'].flatMap((part) => ['-i', path.join(folder, `${part}.png`)]),
    ...['-f', 'lavfi', '-i', sound],
    ...['-filter_complex', graph.join(';'), '-map', '[video]', '-map', `${slides.length + 3}:a`],
    ...`-c:v libx264 -profile:v main -preset slow -tune animation -bf 0 -r ${framesPerSecond}`.split(
      ' ',
    ),
    ...`-crf ${seconds > longSeconds ? 35 : 29} -x264-params keyint=9999:scenecut=0`.split(' '),
    ...['-force_key_frames', keyframes.join(',')],
    // The encoder's first packet lies one frame before its input: moved by one frame, sound and picture both start at 0.
    ...`-af asetpts=PTS+1024 -c:a aac -b:a 16k -ac 1 -ar ${soundHz}`.split(' '),
    ...'-map_metadata -1 -movflags +faststart'.split(' '),
    target,
  );
}

function captions(slides) {
  const moment = (seconds) => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
  const cues = slides.flatMap(({ start, seconds, says }) => {
    const letters = says.join('').length;
    let from = start + 0.5;
    return says.map((sentence) => {
      const to = from + ((seconds - 0.5) * sentence.length) / letters;
      const cue = `${moment(from)} --> ${moment(to - 0.2)}\n${sentence}`;
      from = to;
      return cue;
    });
  });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

function makeVideo(lesson) {
  const work = mkdtempSync(path.join(tmpdir(), 'demo-video-'));
  const folder = path.join(work, 'packaged');
  mkdirSync(folder);
  const slides = timetable(lesson);
  const seconds = slides.reduce((sum, slide) => sum + slide.seconds, 0);
  const mp4 = path.join(work, 'lesson.mp4');
  drawPictures(lesson, slides.length, seconds, work);
  const keyframes = keyframesOf(seconds);
  encode(slides, seconds, keyframes, work, mp4);
  const bitrate = packageAsHls(mp4, folder, { ...card, framesPerSecond, keyframes, seconds });
  const durationMs = measureMs(path.join(folder, '480', 'media.m4s'));
  if (durationMs !== seconds * 1000)
    throw new Error(`${lesson.slug} is ${durationMs} ms long, not ${seconds} s.`);
  ffmpeg(
    '-i',
    path.join(work, 'slide-01.png'),
    '-vf',
    'scale=640:360',
    '-q:v',
    '4',
    path.join(folder, 'poster.jpg'),
  );
  writeFileSync(path.join(folder, 'captions.zh.vtt'), captions(slides));
  const bytes = readdirSync(folder, { recursive: true }).reduce((sum, name) => {
    const entry = statSync(path.join(folder, name));
    return entry.isFile() ? sum + entry.size : sum;
  }, 0);
  if (bytes >= megabyte)
    throw new Error(`${lesson.slug} takes ${bytes} bytes; a lesson must stay under ${megabyte}.`);
  const { slug, number, title, course } = lesson;
  const media = {
    slug,
    filename: `${number} ${title}.mp4`,
    title,
    course,
    organization: lesson.organization,
    durationMs,
    width: card.width,
    height: card.height,
    bitrate,
    bytes,
  };
  writeFileSync(path.join(folder, 'media.json'), `${JSON.stringify(media, null, 2)}\n`);
  rmSync(path.join(mediaFolder, slug), { recursive: true, force: true });
  cpSync(folder, path.join(mediaFolder, slug), { recursive: true });
  rmSync(work, { recursive: true });
  process.stdout.write(`${slug}: ${durationMs} ms, ${bytes} bytes\n`);
}

/** A short plain file for trying an upload: the first slides of the shortest lesson. */
function makeUploadSample() {
  const lesson = lessons.find(({ slug }) => slug === 'welding-safety');
  const whole = path.join(mediaFolder, lesson.slug, '480', 'media.m4s');
  ffmpeg('-i', whole, '-t', '24', '-c', 'copy', '-movflags', '+faststart', samplePath);
}

const wanted = process.argv.slice(2);
for (const lesson of lessons)
  if (wanted.length === 0 || wanted.includes(lesson.slug)) makeVideo(lesson);
if (wanted.length === 0) makeUploadSample();
