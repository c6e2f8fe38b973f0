import { formatCueTime, parseCueTime } from './cue-time';

/** Where a part of a video begins, and what it is called. */
export interface Section {
  atMs: number;
  title: string;
}

export const MOST_SECTIONS = 50;
export const LONGEST_SECTION_TITLE = 40;

export type SectionFault = 'no-time' | 'no-title' | 'long-title' | 'outside' | 'twice' | 'too-many';

/**
 * The sections as an author writes them, one a line: `2:15 测量间隙`. By their times; with the faults of lines,
 * counted from 1, where there are any.
 */
export function parseSections(
  text: string,
  durationMs: number,
): { sections: Section[]; faults: { line: number; fault: SectionFault }[] } {
  const sections: Section[] = [];
  const faults: { line: number; fault: SectionFault }[] = [];
  text.split(/\r?\n/).forEach((written, index) => {
    if (written.trim() === '') return;
    const [, time = '', title = ''] = /^\s*([\d:：.]+)[\s,，]*(.*?)\s*$/.exec(written) ?? [];
    const atMs = parseCueTime(time.replaceAll('：', ':'));
    const fault = (fault: SectionFault) => void faults.push({ line: index + 1, fault });
    if (atMs === undefined) return fault('no-time');
    if (title === '') return fault('no-title');
    if (title.length > LONGEST_SECTION_TITLE) return fault('long-title');
    if (durationMs > 0 && atMs >= durationMs) return fault('outside');
    if (sections.some((section) => section.atMs === atMs)) return fault('twice');
    if (sections.length >= MOST_SECTIONS) return fault('too-many');
    sections.push({ atMs, title });
  });
  return { sections: sections.sort((a, b) => a.atMs - b.atMs), faults };
}

/** The sections as their author wrote them. */
export function writeSections(sections: readonly Section[]): string {
  return sections.map(({ atMs, title }) => `${shortTime(atMs)} ${title}`).join('\n');
}

/** A moment without what is nought: 2:15, 1:02:03, 2:15.5. */
export function shortTime(ms: number): string {
  return formatCueTime(ms)
    .replace(/^00:0?/, '')
    .replace(/^0(?=\d:\d\d:)/, '')
    .replace(/\.000$/, '')
    .replace(/(\.\d*?[1-9])0+$/, '$1');
}
