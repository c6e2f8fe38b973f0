import type { Page } from '@playwright/test';

/** All that a page says: its title, its text, and what only assistive technology reads. */
export function readWords(page: Page): Promise<string> {
  return page.evaluate(() => {
    const said = [document.title, document.body.innerText];
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description']) {
        const value = element.getAttribute(name);
        if (value) said.push(value);
      }
    }
    return said.join('\n');
  });
}

/** Leaves out what people wrote, so that our own words remain; contents of articles come as HTML. */
export function createStripper(written: string[]): (words: string) => string {
  const pieces = written
    .flatMap((text) => [text, ...text.split(/<[^>]*>|\n|[{}[\]",:]+/)])
    .map((text) => text.trim())
    .filter((text) => text.length > 1);
  const longestFirst = [...new Set(pieces)].sort((a, b) => b.length - a.length);
  return (words) => longestFirst.reduce((left, piece) => left.split(piece).join('·'), words);
}

/** Chinese runs that are neither written by people (a mark, a title cut in the middle) nor a language's own name. */
export function findChinese(left: string, written: string[]): string[] {
  const runs =
    left
      .replaceAll('中文', '')
      .replaceAll('匠学', '')
      .match(/\p{Script=Han}+/gu) ?? [];
  const isPart = (run: string) =>
    written.some((text) => text.startsWith(run) || text.endsWith(run));
  return runs.filter((run) => !isPart(run));
}

const ENGLISH_NAMES = new Set(
  `Jiangxue English Excel WebVTT HEVC xlsx Ctrl`.toLowerCase().split(/\s+/),
);

/** What no reader of Chinese should meet: raw keys, broken values, English words of ours. */
export function findRaw(left: string): string[] {
  const broken = left.match(/undefined|\[object \w+\]|\bNaN\b|Invalid Date|\bnull\b|[{}]/g) ?? [];
  const keys = left.match(/\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]{2,}(?:-[a-z]{2,})+\b/g) ?? [];
  const words = left.match(/(?<![\w/.@-])[A-Za-z]{4,}(?![\w/@])/g) ?? [];
  return [...broken, ...keys, ...words.filter((word) => !ENGLISH_NAMES.has(word.toLowerCase()))];
}
