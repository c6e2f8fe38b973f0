import { z } from 'zod';

/** The languages captions come in, and the names a player shows for them. */
export const CAPTION_LANGUAGES = { zh: '中文', en: 'English' } as const;
export type CaptionLanguage = keyof typeof CAPTION_LANGUAGES;
export const captionLanguage = z.enum(['zh', 'en']);
export const LARGEST_CAPTIONS = 1024 * 1024;

const TIME = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}`;
const TIMING = new RegExp(String.raw`^\s*(${TIME})\s*-->\s*(${TIME})(.*)$`);

/** The text of a captions file: UTF-8, UTF-16 with its mark, or the GB 18030 of older Chinese tools. */
export function decodeCaptions(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/**
 * WebVTT from a WebVTT or SRT text; undefined when it holds no cue. Styles, regions and positions
 * are dropped: the player's own are right for every screen.
 */
export function toWebVtt(text: string): string | undefined {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const cues: string[] = [];
  for (let n = 0; n < lines.length; n += 1) {
    const timing = TIMING.exec(lines[n] ?? '');
    if (!timing) continue;
    const words: string[] = [];
    for (n += 1; n < lines.length && lines[n]?.trim() !== ''; n += 1) words.push(lines[n] ?? '');
    const said = words.map(plainWords).filter((line) => line !== '');
    if (said.length === 0) continue;
    cues.push(`${toTime(timing[1])} --> ${toTime(timing[2])}\n${said.join('\n')}`);
  }
  return cues.length === 0 ? undefined : `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

/** Keeps emphasis; drops fonts and SubStation's commands. `-->` would end the cue. */
function plainWords(line: string): string {
  return line
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/<\/?(?!\/?[biu]>)[^>]*>/gi, '')
    .replaceAll('-->', '→')
    .trim();
}

function toTime(text = ''): string {
  const [clock = '', fraction = ''] = text.split(/[.,]/);
  const parts = clock.split(':').map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = parts.length === 3 ? parts : [0, ...parts];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${fraction.padEnd(3, '0')}`;
}
