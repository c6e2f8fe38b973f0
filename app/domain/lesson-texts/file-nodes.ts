import { Node } from '@tiptap/core';
import { fileSize, LESSON_FILE } from './lesson-file-address';

const whole = (value: unknown): number | null => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 && number < 10_000 ? number : null;
};
const attributeOf = (name: string) => (element: HTMLElement) => element.getAttribute(name);

/** A picture of the course's own files, with what it shows in words, in the size the authors gave it. */
export const LessonImage = Node.create({
  name: 'image',
  group: 'block',
  draggable: true,
  addAttributes: () => ({
    src: { default: '' },
    alt: { default: '' },
    width: {
      default: null,
      parseHTML: (element: HTMLElement) => whole(element.getAttribute('width')),
    },
    height: {
      default: null,
      parseHTML: (element: HTMLElement) => whole(element.getAttribute('height')),
    },
  }),
  // Pictures of elsewhere are left out: they would vanish from the lesson with their site.
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => (LESSON_FILE.test(element.getAttribute('src') ?? '') ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});

/** A file to be downloaded, in the middle of the words. */
export const Attachment = Node.create({
  name: 'attachment',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    href: { default: '', parseHTML: attributeOf('href') },
    bytes: {
      default: 0,
      parseHTML: (element: HTMLElement) => Number(element.getAttribute('data-file')) || 0,
    },
    name: {
      default: '',
      parseHTML: (element: HTMLElement) =>
        (element.textContent ?? '').replace(/ \([\d.]+ [kM]?B\)$/, ''),
    },
  }),
  parseHTML: () => [{ tag: 'a[data-file]', priority: 60 }],
  renderHTML: ({ node }) => {
    const { href, bytes, name } = node.attrs as Record<string, string>;
    const label = `${String(name)} (${fileSize(Number(bytes))})`;
    return ['a', { href, 'data-file': String(bytes) }, label];
  },
});
