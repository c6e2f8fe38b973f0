import { parseCueTime } from './cue-time';

/** A thumbnail along the seek bar: a part of a sheet, in pixels, from a moment on. */
export interface Preview {
  fromMs: number;
  sheet: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The thumbnails of a previews.vtt, by time; what is not one is passed over. */
export function parsePreviews(text: string): Preview[] {
  const previews: Preview[] = [];
  let fromMs: number | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [start = ''] = line.split('-->');
    if (line.includes('-->')) fromMs = parseCueTime(start);
    const part = /^([\w-]+\.jpg)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(line.trim());
    if (!part || fromMs === undefined) continue;
    const [, sheet = '', ...numbers] = part;
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    previews.push({ fromMs, sheet, x, y, width, height });
  }
  return previews.sort((a, b) => a.fromMs - b.fromMs);
}

/** The thumbnail that shows a moment. */
export function previewAt(previews: readonly Preview[], atMs: number): Preview | undefined {
  return previews.findLast((preview) => preview.fromMs <= atMs) ?? previews[0];
}
