import { Node } from '@tiptap/core';
import { LESSON_ID } from './lesson-link';

/** Another lesson of the course, as a block that leads to it; readers see its title and length of their version. */
export const LessonCard = Node.create({
  name: 'lessonCard',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    lessonId: {
      default: '',
      parseHTML: (element: HTMLElement) => element.getAttribute('data-lesson') ?? '',
    },
    title: {
      default: '',
      parseHTML: (element: HTMLElement) => element.querySelector('a')?.textContent ?? '',
    },
  }),
  parseHTML: () => [
    {
      tag: 'aside[data-lesson]',
      getAttrs: (element) =>
        LESSON_ID.test(element.getAttribute('data-lesson') ?? '') ? null : false,
    },
  ],
  renderHTML: ({ node }) => {
    const { lessonId, title } = node.attrs as Record<string, string>;
    return [
      'aside',
      { 'data-lesson': lessonId },
      ['a', { href: `/lessons/${lessonId}` }, String(title)],
    ];
  },
});
