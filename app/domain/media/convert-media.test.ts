import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { claimJob } from '../jobs/claim-job.server';
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
  const id = await studio.receive(path);
  await studio.convert(id);
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

const sum = (lengths: number[]) => lengths.reduce((a, b) => a + b, 0);

/** Integrated loudness of a packaged file, in LUFS (EBU R 128). */
function loudnessOf(id: string, folder: string): number {
  const packaged = join(studio.store.root, 'objects', id, folder, 'media.m4s');
  const { stderr } = spawnSync('ffmpeg', [
    ...['-hide_banner', '-i', packaged, '-map', '0:a', '-af', 'ebur128', '-f', 'null', '-'],
  ]);
  const found = /Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(stderr.toString());
  return Number(found?.[1]);
}

const sizeOf = (path: string) =>
  execFileSync('ffprobe', [
    ...['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0:s=x', path],
  ])
    .toString()
    .trim();

async function finishJobs(id: string, kind: string): Promise<void> {
  await studio.db
    .updateTable('job')
    .set({ finished_at: studio.now() })
    .where('kind', '=', kind)
    .where('payload', 'like', `%${id}%`)
    .execute();
}

const extinf = (text: string) =>
  [...text.matchAll(/#EXTINF:([\d.]+)/g)].map((match) => Number(match[1]));

describe('files that can be used', () => {
  test.runIf(existsSync(BOTTLE_LINE))(
    'the factory clip without sound at 179/6 pictures a second is only re-packaged, to the millisecond',
    async () => {
      const { id, media, renditions } = await convert(BOTTLE_LINE);
      expect(media).toMatchObject({ state: 'ready', width: 640, height: 360, reason: null });
      expect(renditions.map((r) => r.height)).toEqual([240, 360]);
      const packaged = probe(id, 360);
      expect(packaged.endMs).toBe(media.duration_ms);
      expect(packaged.firstMs).toBe(0);
      const length = sum(extinf(playlist(id, '360/index.m3u8')));
      expect(Math.abs(length * 1000 - media.duration_ms)).toBeLessThan(1);
      expect(playlist(id, 'master.m3u8')).toMatch(/RESOLUTION=640x360,CODECS="avc1\.[0-9a-f]{6}"/);
      expect(existsSync(uploadFile(studio.store, id))).toBe(false);
    },
  );

  test('a 720p phone film is playable at once as it is; everything else follows in one go', async () => {
    const path = film(
      file('phone.mp4'),
      ...pictureAndTone('1280x720', 9, '30'),
      ...H264,
      ...['-g', '30', '-bf', '2', '-c:a', 'aac'],
    );
    const { db, store, now } = studio;
    const id = await studio.receive(path);
    await convertMedia(db, id, { store, now, signal });
    await finishJobs(id, 'convert-media');
    expect((await load(id)).state).toBe('playable');
    expect((await listRenditions(id)).map((r) => r.height)).toEqual([720]);
    expect(probe(id, 720).endMs).toBe(9000);
    expect(existsSync(uploadFile(store, id))).toBe(true);
    const stored = (name: string) => readFileSync(join(store.root, 'objects', id, name));
    expect(stored('poster.jpg').length).toBeLessThan(40_000);

    await studio.convert(id);
    expect((await listRenditions(id)).map((r) => r.height)).toEqual([240, 480, 720]);
    const media = await load(id);
    expect(media).toMatchObject({ state: 'ready', width: 1280, height: 720, percent: null });
    const streams = [...playlist(id, 'master.m3u8').matchAll(/^\w+\/index\.m3u8$/gm)];
    expect(streams.map(String)).toEqual(['240/index.m3u8', '480/index.m3u8', '720/index.m3u8']);
    for (const height of [240, 480, 720]) {
      const segments = extinf(playlist(id, `${height}/index.m3u8`));
      expect(segments.map((length) => Math.round(length * 1000)).slice(0, 2)).toEqual([2000, 6000]);
      expect(Math.abs(sum(segments) - 9)).toBeLessThan(0.05);
      expect(probe(id, height).endMs).toBe(9000);
    }
    expect(existsSync(uploadFile(store, id))).toBe(false);
    expect(existsSync(join(store.root, 'work', `renditions-${id}`))).toBe(false);

    const [lowest] = playlist(id, 'master.m3u8').match(/BANDWIDTH=\d+/) ?? [];
    expect(Number(lowest?.split('=')[1])).toBeLessThanOrEqual(200_000);
    expect(media).toMatchObject({ posters: 4, poster: 0, previews: 2 });
    for (const n of [1, 2, 3, 4]) expect(stored(`poster-${n}.jpg`).length).toBeLessThan(40_000);
    expect(stored('poster.jpg')).toEqual(stored('poster-1.jpg'));
    expect(stored('previews.vtt').toString()).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\npreviews-1.jpg#xywh=0,0,160,90\n\n' +
        '00:00:05.000 --> 00:00:09.000\npreviews-1.jpg#xywh=160,0,160,90\n',
    );
    expect(sizeOf(join(store.root, 'objects', id, 'previews-1.jpg'))).toBe('320x90');
    const sound = extinf(playlist(id, 'audio/index.m3u8'));
    expect(Math.abs(sum(sound) * 1000 - 9000)).toBeLessThan(50);
    expect(Math.abs((media.audio_bitrate ?? 0) - 64_000)).toBeLessThan(16_000);
  });

  test('sound that is encoded comes out at an even loudness, however softly it was recorded', async () => {
    const soft = film(
      file('soft.mp4'),
      ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=5'],
      ...['-f', 'lavfi', '-i', 'sine=440:d=5:r=48000,volume=-30dB', ...H264, '-c:a', 'aac'],
    );
    const { id } = await convert(soft);
    expect(loudnessOf(id, '240')).toBeCloseTo(-16, 0);
    expect(loudnessOf(id, 'audio')).toBeCloseTo(-16, 0);
    expect(loudnessOf(id, '360')).toBeLessThan(-40);
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

  test('a photo is no video', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', '-frames:v', '1'];
    expect(await refused(film(file('photo.png'), ...args))).toBe('not-a-video');
  });

  test('a film of a single picture has no length', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', '-frames:v', '1', ...H264];
    expect(await refused(film(file('still.mp4'), ...args))).toBe('no-duration');
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
    await studio.convert(id);
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
    await studio.convert(id);
    expect((await load(id)).state).toBe('ready');
  });

  test('what a power cut took before it was on the disk for good is made again', async () => {
    const id = await studio.receive(
      film(file('cut.mp4'), ...pictureAndTone('640x360', 4), ...H264, '-c:a', 'aac'),
    );
    const tools = { store: studio.store, now: studio.now, signal };
    await convertMedia(studio.db, id, tools);
    const packaged = join(studio.store.root, 'objects', id, '360', 'media.m4s');
    const whole = readFileSync(packaged);
    const followUp = studio.db
      .selectFrom('job')
      .select('id')
      .where('kind', '=', 'add-renditions')
      .where('payload', 'like', `%${id}%`);
    expect(await followUp.execute()).toHaveLength(1);
    // Nothing was settled yet, so nothing that comes after it was queued.
    await studio.db.deleteFrom('job').where('id', 'in', followUp).execute();
    writeFileSync(packaged, whole.subarray(0, 1000));

    await convertMedia(studio.db, id, tools);
    expect(readFileSync(packaged).equals(whole)).toBe(true);
    expect(await followUp.execute()).toHaveLength(1);
    // Once that is queued, there is nothing left for this job.
    await convertMedia(studio.db, id, tools);
    expect(await followUp.execute()).toHaveLength(1);
    await studio.convert(id);
    expect(await load(id)).toMatchObject({ state: 'ready' });
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
