import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ffmpeg, run } from './run-tool.mjs';

/** The top-level boxes of a fragmented mp4: where each starts and how long it is. */
function boxesOf(file) {
  const content = readFileSync(file);
  const boxes = [];
  for (let offset = 0; offset < content.length;) {
    const size = content.readUInt32BE(offset);
    boxes.push({ type: content.toString('latin1', offset + 4, offset + 8), offset, size });
    offset += size;
  }
  return boxes;
}

/** The codecs as a playlist names them: profile and level stand in the avcC box. */
function codecsOf(file) {
  const content = readFileSync(file);
  const avcC = content.indexOf('avcC', 0, 'latin1');
  return `avc1.${content.toString('hex', avcC + 5, avcC + 8)},mp4a.40.2`;
}

/** One fragmented file with a fragment for each keyframe, and playlists that point into it by byte range. */
export function packageAsHls(mp4, folder, { width, height, framesPerSecond, keyframes, seconds }) {
  mkdirSync(path.join(folder, '480'), { recursive: true });
  const file = path.join(folder, '480', 'media.m4s');
  ffmpeg(
    '-i',
    mp4,
    ...'-c copy -f mp4 -movflags frag_keyframe+empty_moov+default_base_moof+skip_trailer'.split(
      ' ',
    ),
    file,
  );
  const boxes = boxesOf(file);
  const moov = boxes.find(({ type }) => type === 'moov');
  const fragments = boxes.flatMap((box, index) =>
    box.type === 'moof' ? [{ offset: box.offset, size: box.size + boxes[index + 1].size }] : [],
  );
  if (fragments.length !== keyframes.length)
    throw new Error(`${fragments.length} fragments for ${keyframes.length} keyframes`);
  const segments = fragments.map(({ offset, size }, index) => ({
    offset,
    size,
    seconds: (keyframes[index + 1] ?? seconds) - keyframes[index],
  }));
  const lines = [
    ...[
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      `#EXT-X-TARGETDURATION:${Math.max(...segments.map((segment) => segment.seconds))}`,
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:VOD',
    ],
    `#EXT-X-MAP:URI="media.m4s",BYTERANGE="${moov.offset + moov.size}@0"`,
    ...segments.flatMap((segment) => [
      `#EXTINF:${segment.seconds.toFixed(3)},`,
      `#EXT-X-BYTERANGE:${segment.size}@${segment.offset}`,
      'media.m4s',
    ]),
    '#EXT-X-ENDLIST',
  ];
  writeFileSync(path.join(folder, '480', 'index.m3u8'), `${lines.join('\n')}\n`);
  const bitrate = Math.round((statSync(file).size * 8) / seconds);
  const peak = Math.max(
    ...segments.map((segment) => Math.ceil((segment.size * 8) / segment.seconds)),
  );
  const stream = `BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${bitrate},RESOLUTION=${width}x${height},FRAME-RATE=${framesPerSecond}.000,CODECS="${codecsOf(file)}"`;
  writeFileSync(
    path.join(folder, 'master.m3u8'),
    `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:${stream}\n480/index.m3u8\n`,
  );
  return bitrate;
}

/** The length of the packaged picture as ffprobe measures it. */
export function measureMs(file) {
  const packets = run('ffprobe', [
    ...'-v error -select_streams v:0 -show_entries packet=pts_time,duration_time -of csv=p=0'.split(
      ' ',
    ),
    file,
  ]);
  const [pts, duration] = packets.trim().split('\n').at(-1).split(',').map(Number);
  return Math.round((pts + duration) * 1000);
}
