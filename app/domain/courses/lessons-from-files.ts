import { titleLength } from './course-settings';

/** A file as a browser names it; `path` leads through the chosen folder to it. */
export interface NamedFile {
  name: string;
  path: string;
}

// 01, 3., 1-2_, 02、: what people number files with. Not 5S, 3D or 2024-11-05.
const NUMBERED = /^\d{1,3}(?:[.\-_]\d{1,3})*(?:[\s._、．)）]+|-(?=\D))/;
const order = new Intl.Collator('zh', { numeric: true, sensitivity: 'base' });

/**
 * Files as lessons of one chapter: in the order in which a person would read their names (2 before
 * 10), each titled after its file, without ending and number.
 */
export function lessonsFromFiles<File extends NamedFile>(
  files: readonly File[],
): { file: File; title: string }[] {
  return [...files]
    .sort((a, b) => order.compare(a.path, b.path))
    .map((file) => ({ file, title: titleOf(file.name) }));
}

/** The title that a file's name suggests. */
export function titleOf(filename: string): string {
  const whole = filename.replace(/\.[^.]{1,5}$/, '');
  const bare = whole.replace(NUMBERED, '');
  const title = (/\p{L}/u.test(bare) ? bare : whole).replace(/[\s_]+/g, ' ').trim();
  return [...(title || filename)].slice(0, titleLength).join('');
}
