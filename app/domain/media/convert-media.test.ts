import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { claimJob } from '../jobs/claim-job.server';
import { addRenditions } from './add-renditions.server';
import type { RenditionPlan } from './conversion-plan';
import { WAITING_FOR_FFMPEG } from './conversion-obstacles';
import { convertMedia } from './convert-media.server';
import { film, H264, openStudio, pictureAndTone, type Studio } from './testing-studio.server';
import { uploadFile } from './upload-file.server';

const signal = new AbortController().signal;
vi.setConfig({ testTimeout: 90_000 });
const BOTTLE_LINE = resolve(import.meta.dirname, '../../../../shared/media/bottle-line.mp4');

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

const file = (name: string) => join(studio.folder, name);

async function convert(path: string) {
  const { db, store, now } = studio;
  const id = await studio.receive(path);
  await convertMedia(db, id, { store, now, signal });
  return { id, media: await load(id), renditions: await listRenditions(id) };
}

const load = (id: string) =>
  studio.db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

const listRenditions = (id: string) =>
  studio.db
    .selectFrom('rendition')
    .select(['height', 'bitrate'])
    .where('media_id', '=', id)
    .orderBy('height')
    .execute();

async function finishRenditions(id: string) {
  const { db, store, now } = studio;
  const job = await db
    .selectFrom('job')
    .select('payload')
    .where('kind', '=', 'add-renditions')
    .where('payload', 'like', `%${id}%`)
    .executeTakeFirstOrThrow();
  const { renditions } = JSON.parse(job.payload) as { renditions: string };
  const plans = JSON.parse(renditions) as RenditionPlan[];
  await addRenditions(db, { mediaId: id, renditions: plans }, { store, now, signal });
  return listRenditions(id);
}

interface Packet {
  pts_time: string;
  duration_time?: string;
}

/** What ffprobe says of the packaged file: size, codec, and where the last picture ends (ms). */
function probe(id: string, height: number) {
  const packaged = join(studio.store.root, 'objects', id, String(height), 'media.m4s');
  const show = (...args: string[]) =>
    execFileSync('ffprobe', ['-v', 'error', '-of', 'json', ...args, packaged]).toString();
  const { streams } = JSON.parse(show('-show_streams')) as {
    streams: { codec_name: string; width?: number; height?: number; pix_fmt?: string }[];
  };
  const { packets } = JSON.parse(show('-show_packets', '-select_streams', 'v:0')) as {
    packets: Packet[];
  };
  const ends = packets.map((p) => Number(p.pts_time) + Number(p.duration_time ?? 0));
  const first = Math.min(...packets.map((p) => Number(p.pts_time)));
  return { streams, endMs: Math.round(Math.max(...ends) * 1000), firstMs: first * 1000 };
}

const playlist = (id: string, key: string) =>
  readFileSync(join(studio.store.root, 'objects', id, key), 'utf8');

const extinf = (text: string) =>
  [...text.matchAll(/#EXTINF:([\d.]+)/g)].map((match) => Number(match[1]));

describe('files that can be used', () => {
  test.runIf(existsSync(BOTTLE_LINE))(
    'the factory clip without sound at 179/6 pictures a second is only re-packaged, to the millisecond',
    async () => {
      const { id, media, renditions } = await convert(BOTTLE_LINE);
      expect(media).toMatchObject({ state: 'ready', width: 640, height: 360, reason: null });
      expect(renditions.map((r) => r.height)).toEqual([360]);
      const packaged = probe(id, 360);
      expect(packaged.endMs).toBe(media.duration_ms);
      expect(packaged.firstMs).toBe(0);
      const sum = extinf(playlist(id, '360/index.m3u8')).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum * 1000 - media.duration_ms)).toBeLessThan(1);
      expect(playlist(id, 'master.m3u8')).toMatch(/RESOLUTION=640x360,CODECS="avc1\.[0-9a-f]{6}"/);
      expect(existsSync(uploadFile(studio.store, id))).toBe(false);
    },
  );

  test('a 720p phone film is playable at once as it is, and gets a 480 rendition after that', async () => {
    const path = film(
      file('phone.mp4'),
      ...pictureAndTone('1280x720', 9, '30'),
      ...H264,
      ...['-g', '30', '-bf', '2', '-c:a', 'aac'],
    );
    const { id, media, renditions } = await convert(path);
    expect(media.state).toBe('playable');
    expect(renditions.map((r) => r.height)).toEqual([720]);
    expect(probe(id, 720).endMs).toBe(9000);
    expect(existsSync(uploadFile(studio.store, id))).toBe(true);
    const poster = join(studio.store.root, 'objects', id, 'poster.jpg');
    expect(readFileSync(poster).length).toBeLessThan(40_000);

    const all = await finishRenditions(id);
    expect(all.map((r) => r.height)).toEqual([480, 720]);
    expect((await load(id)).state).toBe('ready');
    const streams = [...playlist(id, 'master.m3u8').matchAll(/^\d+\/index\.m3u8$/gm)];
    expect(streams.map(String)).toEqual(['480/index.m3u8', '720/index.m3u8']);
    expect(extinf(playlist(id, '480/index.m3u8'))[0]).toBe(2);
    expect(probe(id, 480).endMs).toBe(9000);
    expect(existsSync(uploadFile(studio.store, id))).toBe(false);
    expect(existsSync(join(studio.store.root, 'work', `renditions-${id}`))).toBe(false);
  });

  test('a film held upright, stored on its side, is encoded upright', async () => {
    const flat = film(file('flat.mp4'), ...pictureAndTone('320x180', 2), ...H264);
    const turned = turnByMatrix(flat, file('turned.mp4'));
    const { id, media } = await convert(turned);
    expect(media).toMatchObject({ state: 'ready', width: 180, height: 320 });
    expect(probe(id, 320).streams[0]).toMatchObject({ width: 180, height: 320 });
  });

  test.each([
    [
      '10-bit HEVC in .mov',
      'a.mov',
      [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p10le',
        '-x265-params',
        'log-level=none',
      ],
    ],
    [
      'HDR of a phone',
      'hdr.mov',
      [
        ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le'],
        ...['-color_trc', 'arib-std-b67', '-x265-params', 'log-level=none:transfer=arib-std-b67'],
      ],
    ],
    [
      'odd sides in .mkv',
      'b.mkv',
      ['-vf', 'scale=321:179', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'],
    ],
    ['MPEG-4 with MP3 in .avi', 'c.avi', ['-c:v', 'mpeg4', '-c:a', 'libmp3lame']],
    ['a transport stream of a camera', 'd.ts', [...H264, '-c:a', 'aac', '-f', 'mpegts']],
    [
      'VP9 with Opus in .webm',
      'e.webm',
      ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-c:a', 'libopus'],
    ],
    [
      'uneven frame times',
      'f.mp4',
      ['-vf', "select='not(mod(n,3))+gt(t,1)'", '-vsync', 'vfr', ...H264],
    ],
  ])('%s plays as H.264 and AAC', async (_name, name, args) => {
    const path = film(file(name), ...pictureAndTone('320x180', 3), ...args);
    const { id, media } = await convert(path);
    expect(media).toMatchObject({ state: 'ready', reason: null });
    expect(Math.abs(media.duration_ms - 3000)).toBeLessThan(120);
    const { streams, firstMs } = probe(id, media.height);
    expect(firstMs).toBeLessThan(50);
    expect(streams.map((s) => s.codec_name)).toEqual(['h264', 'aac']);
    expect(streams[0]).toMatchObject({ pix_fmt: 'yuv420p', width: media.width });
    expect(media.width % 2).toBe(0);
  });

  test('a film with one keyframe in 15 s is encoded anew, so that seeking works', async () => {
    const path = film(
      file('one-keyframe.mp4'),
      ...pictureAndTone('160x90', 15, '10'),
      ...[...H264, '-g', '9999', '-sc_threshold', '0'],
    );
    const { id, media } = await convert(path);
    expect(media.state).toBe('ready');
    expect(extinf(playlist(id, '90/index.m3u8')).map(Math.round)).toEqual([2, 6, 6, 1]);
  });
});

/** Writes a quarter turn into the display matrix of the first track header (ISO 14496-12, 8.3.2). */
function turnByMatrix(from: string, to: string): string {
  const bytes = readFileSync(from);
  const matrix = bytes.indexOf('tkhd', 0, 'latin1') + 4 + 40;
  const turn = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000];
  turn.forEach((value, n) => bytes.writeInt32BE(value, matrix + n * 4));
  writeFileSync(to, bytes);
  return to;
}

describe('files that cannot be used', () => {
  const refused = async (path: string) => {
    const { id, media } = await convert(path);
    expect(media.state).toBe('refused');
    expect(existsSync(uploadFile(studio.store, id))).toBe(false);
    expect(existsSync(join(studio.store.root, 'objects', id))).toBe(false);
    return media.reason;
  };
  const written = (name: string, content: string) => {
    writeFileSync(file(name), content);
    return file(name);
  };

  test('a text named .mp4 is no video', async () => {
    expect(await refused(written('text.mp4', '这不是视频\n'.repeat(100)))).toBe('not-a-video');
  });

  test('a sound recording has no picture', async () => {
    const sound = film(file('sound.m4a'), '-f', 'lavfi', '-i', 'sine=440:d=2', '-c:a', 'aac');
    expect(await refused(sound)).toBe('no-picture');
  });

  test('a photo is no video', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', '-frames:v', '1'];
    expect(await refused(film(file('photo.png'), ...args))).toBe('not-a-video');
  });

  test('a film of a single picture has no length', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', '-frames:v', '1', ...H264];
    expect(await refused(film(file('still.mp4'), ...args))).toBe('no-duration');
  });

  test('a film whose index is missing, or whose end was lost, is damaged', async () => {
    const args = [...pictureAndTone('320x180', 20), ...H264, '-c:a', 'aac', '-g', '25'];
    const late = film(file('late-index.mp4'), ...args);
    truncateSync(late, 20_000);
    expect(await refused(late)).toBe('damaged');
    const early = film(file('early-index.mp4'), ...args, '-movflags', '+faststart');
    truncateSync(early, Math.floor(readFileSync(early).length / 3));
    expect(await refused(early)).toBe('damaged');
  });

  test('a film of 13 hours is too long', async () => {
    const path = film(
      file('long.mp4'),
      ...['-f', 'lavfi', '-i', 'color=s=16x16:r=1/60:d=46800', ...H264],
    );
    expect(await refused(path)).toBe('too-long');
  });

  test('no playlist, script or reference named .mp4 makes us read a file or ask the network', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const secret = film(file('secret.mp4'), ...pictureAndTone('64x64', 1), ...H264);
    try {
      for (const target of [`http://127.0.0.1:${port}/a.ts`, `file://${secret}`, secret]) {
        const hls = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${target}\n#EXT-X-ENDLIST\n`;
        expect(await refused(written('hls.mp4', hls))).toBe('not-a-video');
        const concat = `ffconcat version 1.0\nfile '${target}'\n`;
        expect(await refused(written('concat.mp4', concat))).toBe('not-a-video');
      }
      const dash = `<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1:${port}/</BaseURL></MPD>`;
      expect(await refused(written('dash.mp4', dash))).toBe('not-a-video');
      const disguised = `\0\0\0\u0018ftypisom#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:${port}/b.ts\n`;
      expect(await refused(written('disguised.mp4', disguised))).toBe('damaged');
      expect(await refused(referenceElsewhere(secret, file('reference.mov')))).toBe('damaged');
    } finally {
      await new Promise((done) => server.close(done));
    }
    expect(asked).toEqual([]);
  });
});

/** A film whose samples lie in another file, named by an alias record in its data reference. */
function referenceElsewhere(target: string, to: string): string {
  const bytes = readFileSync(target);
  const at = bytes.indexOf('url ', bytes.indexOf('dref', 0, 'latin1'), 'latin1');
  bytes.write('alis', at, 'latin1');
  bytes.writeUInt32BE(0, at + 4);
  const media = bytes.indexOf('mdat', 0, 'latin1') + 4;
  const index = bytes.indexOf('moov', 0, 'latin1') - 4;
  bytes.fill(0, media, index > media ? index : bytes.length);
  writeFileSync(to, bytes);
  return to;
}

describe('when the machine is not ready', () => {
  test('without ffmpeg the upload waits visibly, and goes on when it is there', async () => {
    const path = film(file('waits.mp4'), ...pictureAndTone('160x90', 1), ...H264);
    const id = await studio.receive(path);
    const { db, store, now } = studio;
    const before = process.env.PATH;
    process.env.PATH = studio.folder;
    try {
      await expect(convertMedia(db, id, { store, now, signal })).rejects.toThrow(
        WAITING_FOR_FFMPEG,
      );
    } finally {
      process.env.PATH = before;
    }
    expect(await load(id)).toMatchObject({ state: 'received', reason: WAITING_FOR_FFMPEG });
    await convertMedia(db, id, { store, now, signal });
    expect(await load(id)).toMatchObject({ state: 'ready', reason: null });
  });

  test('an interrupted conversion leaves nothing half done and succeeds the next time', async () => {
    const path = film(file('stopped.mp4'), ...pictureAndTone('320x180', 20), '-c:v', 'mpeg4');
    const id = await studio.receive(path);
    const { db, store, now } = studio;
    const stopping = new AbortController();
    const running = convertMedia(db, id, { store, now, signal: stopping.signal });
    stopping.abort();
    await expect(running).rejects.toThrow();
    expect((await load(id)).state).toBe('converting');
    expect(existsSync(join(store.root, 'objects', id))).toBe(false);
    await convertMedia(db, id, { store, now, signal });
    expect((await load(id)).state).toBe('ready');
  });

  test('a finished upload has exactly one job waiting', async () => {
    const path = film(file('queued.mp4'), ...pictureAndTone('160x90', 1), ...H264);
    const id = await studio.receive(path);
    const jobs = await studio.db.selectFrom('job').select('payload').execute();
    expect(jobs.filter((job) => job.payload.includes(id))).toHaveLength(1);
    const claim = { owner: 'a', now: studio.now() + 1000, leaseMs: 1000 };
    const first = await claimJob(studio.db, { ...claim, kinds: ['convert-media'] });
    expect(first?.kind).toBe('convert-media');
  });
});
