import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { finishUpload } from '../app/domain/media/finish-upload.server';
import { startUpload } from '../app/domain/media/start-upload.server';
import type { Studio } from '../app/domain/media/testing-studio.server';

export const ffmpeg = (...args: string[]) =>
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });

/** What ffprobe calls the length of a file, in ms. */
export function lengthOf(path: string): number {
  const args = ['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'format=duration', path];
  return Number(execFileSync('ffprobe', args).toString()) * 1000;
}

/** A moving 1080p picture with a tone, 10 s, at about so many bits a second. */
export function makeTake(file: string, bitrate: number, ...more: string[]): string {
  const rate = String(bitrate);
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30:d=10,noise=alls=12:allf=t'],
    ...['-f', 'lavfi', '-i', 'sine=440:d=10:r=48000'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-profile:v', 'main'],
    ...['-g', '60', '-b:v', rate, '-maxrate', rate, '-bufsize', rate],
    ...['-c:a', 'aac', '-b:a', '96k', ...more, file],
  );
  return file;
}

/** The same take again and again, without encoding anything. */
export function repeat(take: string, times: number, file: string): string {
  const draft = `${file}.draft.mp4`;
  if (existsSync(file)) return file;
  ffmpeg('-stream_loop', String(times - 1), '-i', take, '-c', 'copy', draft);
  renameSync(draft, file);
  return file;
}

/**
 * Puts a whole file where the upload protocol would have written it, without copying it. Returns
 * the media's id; `finish` is what happens when the last byte has arrived.
 */
export async function placeUpload(
  studio: Studio,
  file: string,
): Promise<{ id: string; finish: () => Promise<unknown> }> {
  const { db, store, author, courseId, now } = studio;
  const input = { courseId, filename: basename(file), bytes: statSync(file).size, now: now() };
  const id = await startUpload(db, author, input);
  mkdirSync(store.uploads, { recursive: true });
  linkSync(file, join(store.uploads, id));
  writeFileSync(join(store.uploads, `${id}.json`), '{}');
  return { id, finish: () => finishUpload(db, store, id, now()) };
}

export const seconds = (ms: number) => Math.round(ms / 10) / 100;

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
