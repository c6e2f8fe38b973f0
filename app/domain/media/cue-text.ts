const TAG = /<\/?[A-Za-z][^<>]*>|<\d{1,3}:[\d:.]+>/;
const KEPT = /^<(\/?)([biu])>$/i;

const decode = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replace(/&[lr]rm;/g, '')
    .replaceAll('&amp;', '&');
const encode = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The text of a cue in WebVTT's own writing: emphasis (b, i, u) is kept and closed in order; fonts, voices, karaoke
 * times and SubStation's commands go, and everything else is shown as it was written. An arrow would end the cue.
 */
export function sanitizeCue(text: string): string {
  const plain = text.replace(/\{\\[^}]*\}/g, '').replaceAll('-->', '→');
  const open: string[] = [];
  let clean = '';
  for (const part of splitTags(plain)) {
    if (!TAG.test(part)) {
      clean += encode(decode(part));
      continue;
    }
    const [, closing, name = ''] = KEPT.exec(part) ?? [];
    const tag = name.toLowerCase();
    if (tag === '') continue;
    if (!closing) {
      open.push(tag);
      clean += `<${tag}>`;
    } else if (open.at(-1) === tag) {
      open.pop();
      clean += `</${tag}>`;
    }
  }
  while (open.length > 0) clean += `</${open.pop()}>`;
  return clean
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** What is said, for reading: without emphasis and escapes, in one line. */
export function saidIn(text: string): string {
  return decode(text.replace(/<\/?[biu]>/g, ''))
    .split('\n')
    .join(' ');
}

/** What is said, for finding: in one form of its letters, small. */
export function searchable(text: string): string {
  return saidIn(text).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function splitTags(text: string): string[] {
  return text.split(new RegExp(`(${TAG.source})`)).filter((part) => part !== '');
}

/** The text of a cue as a person types it; cleaning gives WebVTT's writing again. */
export function typed(text: string): string {
  return decode(text);
}
