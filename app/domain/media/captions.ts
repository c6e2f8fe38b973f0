import { sanitizeCue } from './cue-text';
import { formatCueTime, parseCueTime } from './cue-time';

/** The languages captions come in, and the names a player shows for them. */
export const CAPTION_LANGUAGES = {
  zh: '中文',
  en: 'English',
  ja: '日本語',
  ko: '한국어',
  vi: 'Tiếng Việt',
  ru: 'Русский',
  ug: 'ئۇيغۇرچە',
  bo: 'བོད་ཡིག',
  mn: 'ᠮᠣᠩᠭᠣᠯ',
  kk: 'قازاقشا',
  yue: '粤语',
} as const;
export type CaptionLanguage = keyof typeof CAPTION_LANGUAGES;
export const captionLanguages = Object.keys(CAPTION_LANGUAGES) as CaptionLanguage[];
export const LARGEST_CAPTIONS = 1024 * 1024;
export const MOST_CUES = 5000;
export const LONGEST_CUE = 500;

/** What is said from one moment to another, in ms; the text in WebVTT's own writing, with b, i and u alone. */
export interface Cue {
  fromMs: number;
  toMs: number;
  text: string;
}

const TIME = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?`;
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
 * The cues of a WebVTT or SRT text, in the order of their times; none when it holds no cue. Styles, regions and
 * positions are dropped: the player's own are right for every screen. So is what lasts no time.
 */
export function parseCaptions(text: string): Cue[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const cues: Cue[] = [];
  for (let n = 0; n < lines.length; n += 1) {
    const timing = TIMING.exec(lines[n] ?? '');
    if (!timing) continue;
    const words: string[] = [];
    for (n += 1; n < lines.length && lines[n]?.trim() !== ''; n += 1) {
      // A file whose empty lines were lost: the next cue begins here, its number is no speech.
      if (TIMING.test(lines[n] ?? '')) {
        n -= 1;
        if (/^\s*\d+\s*$/.test(words.at(-1) ?? '')) words.pop();
        break;
      }
      words.push(lines[n] ?? '');
    }
    const cue = {
      fromMs: parseCueTime(timing[1] ?? '') ?? 0,
      toMs: parseCueTime(timing[2] ?? '') ?? 0,
      text: sanitizeCue(words.join('\n')),
    };
    if (cue.text !== '' && cue.toMs > cue.fromMs) cues.push(cue);
  }
  return inOrder(cues);
}

/** The cues as they are stored and served: by their times, what begins together as it was given. */
export function inOrder(cues: readonly Cue[]): Cue[] {
  return [...cues].sort((a, b) => a.fromMs - b.fromMs);
}

/** The cues as a WebVTT file. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ fromMs, toMs, text }) => `${formatCueTime(fromMs)} --> ${formatCueTime(toMs)}\n${text}`,
  );
  return `WEBVTT\n\n${blocks.map((block) => `${block}\n`).join('\n')}`;
}

/** The cues as an SRT file, whose text knows no escapes. */
export function writeSrt(cues: readonly Cue[]): string {
  const comma = (ms: number) => formatCueTime(ms).replace('.', ',');
  return cues
    .map(({ fromMs, toMs, text }, n) => {
      const said = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      return `${n + 1}\n${comma(fromMs)} --> ${comma(toMs)}\n${said}\n`;
    })
    .join('\n');
}
