import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkFile } from './check-file.server';
import { CLIPS, makeClip, type Clip, type ClipPlayed } from './testing-clips';
import { openStudio, type Studio } from './testing-studio.server';

vi.setConfig({ testTimeout: 120_000 });
const NEAR_MS = 50;
// A rendition may lack a last picture that another shows; what was cut off ends raggedly.
const ENDS_MS = { whole: 100, cut: 250 };

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

const isPlayed = (clip: Clip): clip is Clip & { expected: ClipPlayed } => 'width' in clip.expected;
const played = CLIPS.filter(isPlayed);
const refused = CLIPS.filter((clip) => !isPlayed(clip));

const signal = new AbortController().signal;
const check = (path: string) => checkFile('as called', path, signal);

const load = (id: string) =>
  studio.db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

function ffprobe(path: string, ...args: string[]): string {
  return execFileSync('ffprobe', ['-v', 'error', '-of', 'csv=p=0', ...args, path])
    .toString()
    .trim();
}

/** What ffprobe calls the length of a file, in ms. */
const lengthOf = (path: string) => Number(ffprobe(path, '-show_entries', 'format=duration')) * 1000;

/** The colour in the middle of the picture's upper quarter, as r, g, b. */
function colourOnTop(path: string): number[] {
  const pixel = execFileSync('ffmpeg', [
    ...['-v', 'error', '-i', path, '-frames:v', '1', '-vf', 'crop=2:2:iw/2:ih/8,scale=1:1'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
  ]);
  return [...pixel];
}

describe('what can be played', () => {
  test.each(played)('$kind: $name', async ({ name, expected }) => {
    const path = makeClip(name);
    const id = await studio.receive(path);
    await studio.convert(id);
    const media = await load(id);
    const { width, height } = expected;
    const note = expected.note ?? null;
    expect(media).toMatchObject({ state: 'ready', reason: null, note, width, height });
    const rows = await studio.db
      .selectFrom('rendition')
      .select('height')
      .where('media_id', '=', id)
      .orderBy('height')
      .execute();
    expect(rows.map((row) => row.height)).toEqual(expected.heights);
    expect(media.audio_bitrate !== null).toBe(expected.sound);

    if (expected.plays) {
      expect(media.duration_ms).toBeGreaterThan(expected.plays[0]);
      expect(media.duration_ms).toBeLessThan(expected.plays[1]);
    } else {
      expect(Math.abs(media.duration_ms - lengthOf(path))).toBeLessThanOrEqual(NEAR_MS);
    }
    const objects = join(studio.store.root, 'objects', id);
    const ends = expected.plays ? ENDS_MS.cut : ENDS_MS.whole;
    for (const one of [...expected.heights.map(String), ...(expected.sound ? ['audio'] : [])]) {
      const packaged = join(objects, one, 'media.m4s');
      const playlist = readFileSync(join(objects, one, 'index.m3u8'), 'utf8');
      const lengths = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map((m) => Number(m[1]));
      const listed = lengths.reduce((a, b) => a + b, 0) * 1000;
      expect(Math.abs(lengthOf(packaged) - media.duration_ms), one).toBeLessThanOrEqual(ends);
      expect(Math.abs(listed - media.duration_ms), one).toBeLessThanOrEqual(ends);
      const codecs = ffprobe(packaged, '-show_entries', 'stream=codec_name').split('\n').sort();
      const picture = one === 'audio' ? [] : ['h264'];
      expect(codecs).toEqual([...(expected.sound ? ['aac'] : []), ...picture]);
      if (one === 'audio') continue;
      const size = ffprobe(packaged, '-select_streams', 'v', '-show_entries', 'stream=height');
      expect(Number(size)).toBe(Number(one));
      if (expected.redOnTop) {
        const [red = 0, , blue = 0] = colourOnTop(packaged);
        expect(red - blue).toBeGreaterThan(120);
      }
    }
    expect(existsSync(join(objects, 'previews-1.jpg'))).toBe(true);

    const said = await check(path);
    expect(said).toMatchObject({
      file: 'as called',
      outcome: expected.repackaged ? 'repackage' : 'convert',
      reason: null,
      hasSound: expected.sound,
      renditions: expected.heights.map((one) => ({ height: one })),
    });
    expect(Math.abs(said.durationMs - media.duration_ms)).toBeLessThanOrEqual(
      expected.plays ? 200 : NEAR_MS,
    );
    expect(Math.abs(said.width / said.height - width / height)).toBeLessThan(0.02);
  });
});

describe('what is refused, with its reason', () => {
  test.each(refused)('$kind: $name', async ({ name, expected }) => {
    const path = makeClip(name);
    expect(await check(path)).toMatchObject({ outcome: 'refused', renditions: [], ...expected });
    // An upload of zero bytes is refused before it begins.
    if (name === 'nothing.mp4') return;
    const id = await studio.receive(path);
    await studio.convert(id);
    expect(await load(id)).toMatchObject({ state: 'refused', ...expected });
    expect(existsSync(join(studio.store.root, 'objects', id))).toBe(false);
  });

  test('a file that is not there, and a folder', async () => {
    expect(await check(join(studio.folder, 'nowhere.mp4'))).toEqual({
      file: 'as called',
      outcome: 'refused',
      reason: 'not-found',
      durationMs: 0,
      width: 0,
      height: 0,
      hasSound: false,
      renditions: [],
    });
    expect(await check(studio.folder)).toMatchObject({ outcome: 'refused', reason: 'not-a-file' });
  });
});
