import { mergeAttributes, Node } from '@tiptap/core';
import { isCallout } from './callout-kinds';

/** A safety warning or a tip: blocks set apart, which the stylesheet names in the reader's language. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    kind: {
      default: 'tip',
      parseHTML: (element: HTMLElement) => {
        const kind = element.getAttribute('data-callout');
        return isCallout(kind) ? kind : 'tip';
      },
      renderHTML: ({ kind }: Record<string, unknown>) => ({
        'data-callout': isCallout(kind) ? kind : 'tip',
      }),
    },
  }),
  parseHTML: () => [{ tag: 'section[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['section', mergeAttributes(HTMLAttributes), 0],
});
