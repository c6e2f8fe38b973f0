import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parsePreviews } from '~/domain/media/preview-cues';
import { castCourses } from './cast-courses';
import type { DemoMedia } from './demo-media.server';

const mediaFolder = fileURLToPath(new URL('../demo/media/', import.meta.url));
const slugs = readdirSync(mediaFolder).sort();

interface Segment {
  seconds: number;
  bytes: number;
  offset: number;
}

const readText = (slug: string, name: string) =>
  readFileSync(join(mediaFolder, slug, name), 'utf8');

function readPlaylist(slug: string, part: string): { initBytes: number; segments: Segment[] } {
  const text = readText(slug, `${part}/index.m3u8`);
  const init = /#EXT-X-MAP:URI="media\.m4s",BYTERANGE="(\d+)@0"/.exec(text);
  const segments = [
    ...text.matchAll(/#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\nmedia\.m4s\n/g),
  ].map(([, seconds, bytes, offset]) => ({
    seconds: Number(seconds),
    bytes: Number(bytes),
    offset: Number(offset),
  }));
  return { initBytes: Number(init?.[1]), segments };
}

function readCues(slug: string): { from: number; to: number; text: string }[] {
  const cue = /(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})\n(.+)/g;
  const ms = (moment = '') => Date.parse(`1970-01-01T${moment}Z`);
  return [...readText(slug, 'captions.zh.vtt').matchAll(cue)].map(([, from, to, text = '']) => ({
    from: ms(from),
    to: ms(to),
    text,
  }));
}

describe('the demo lessons', () => {
  it('are exactly the videos that the cast teaches with', () => {
    const taught = castCourses.flatMap((course) =>
      course.chapters.flatMap((chapter) => chapter.lessons.flatMap(({ slug }) => slug ?? [])),
    );
    expect(taught.sort()).toEqual(slugs);
  });

  it.each(slugs)(
    '%s is one to nine minutes long, as its description and its playlist say',
    (slug) => {
      const described = JSON.parse(readText(slug, 'media.json')) as DemoMedia;
      const { segments } = readPlaylist(slug, '480');
      expect(described.durationMs).toBeGreaterThanOrEqual(60_000);
      expect(described.durationMs).toBeLessThanOrEqual(540_000);
      const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
      expect(seconds * 1000).toBe(described.durationMs);
    },
  );

  it.each(slugs.flatMap((slug) => [`${slug}/480`, `${slug}/audio`]))(
    '%s can be fetched piece by piece: the ranges tile the file',
    (folder) => {
      const [slug = '', part = ''] = folder.split('/');
      const { initBytes, segments } = readPlaylist(slug, part);
      const file = readFileSync(join(mediaFolder, folder, 'media.m4s'));
      let at = initBytes;
      for (const { offset, bytes } of segments) {
        expect(offset).toBe(at);
        expect(file.toString('latin1', offset + 4, offset + 8)).toBe('moof');
        at += bytes;
      }
      expect(at).toBe(file.length);
    },
  );

  it.each(slugs)('%s can be listened to for as long as it is watched', (slug) => {
    const described = JSON.parse(readText(slug, 'media.json')) as DemoMedia;
    const { segments } = readPlaylist(slug, 'audio');
    const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
    expect(Math.abs(seconds * 1000 - described.durationMs)).toBeLessThan(300);
    expect(described.audioBitrate).toBeGreaterThan(0);
    expect(described.audioBitrate).toBeLessThan(described.bitrate);
  });

  it.each(slugs)('%s shows thumbnails up to its end, of sheets that are there', (slug) => {
    const described = JSON.parse(readText(slug, 'media.json')) as DemoMedia;
    const previews = parsePreviews(readText(slug, 'previews.vtt'));
    expect(previews.length).toBe(described.previews);
    expect(described.durationMs - (previews.at(-1)?.fromMs ?? 0)).toBeLessThanOrEqual(5_000);
    for (const { sheet } of previews)
      expect(statSync(join(mediaFolder, slug, sheet)).size).toBeGreaterThan(1_000);
  });

  it.each(slugs)('%s stays under 1.2 MB, its poster under 40 kB', (slug) => {
    const files = readdirSync(join(mediaFolder, slug), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_200_000);
    expect(statSync(join(mediaFolder, slug, 'poster.jpg')).size).toBeLessThan(40_000);
  });

  it.each(slugs)('%s has captions in order, all within the video', (slug) => {
    const described = JSON.parse(readText(slug, 'media.json')) as DemoMedia;
    const cues = readCues(slug);
    expect(cues.length).toBeGreaterThan(5);
    let last = 0;
    for (const { from, to } of cues) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      last = to;
    }
    expect(last).toBeLessThanOrEqual(described.durationMs);
  });
});
