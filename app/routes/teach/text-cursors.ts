import { Extension } from '@tiptap/core';
import type { Plugin } from '@tiptap/pm/state';
import { yCursorPlugin } from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';
import type { Writer } from '~/domain/shared/live-line';
import { organizationColor, type OrganizationShape } from '~/ui/organization-mark';
import styles from './text-editor.module.css';

const colorOf = ({ organization, kind }: Writer) =>
  organizationColor({ name: organization, kind: kind as OrganizationShape });

/** The carets and selections of the others, with their names, in the colour of their organization. */
export const textCursors = (presence: Awareness) =>
  Extension.create({
    name: 'textCursors',
    addProseMirrorPlugins: () => [
      yCursorPlugin(presence, {
        awarenessStateFilter: (own: number, client: number, state: { user?: Writer }) =>
          own !== client && state.user !== undefined,
        cursorBuilder: (user: Writer) => {
          const caret = document.createElement('span');
          caret.className = styles.caret ?? '';
          caret.style.borderColor = colorOf(user);
          const label = document.createElement('span');
          label.className = styles.caretName ?? '';
          label.style.background = colorOf(user);
          label.textContent = user.name;
          caret.append('⁠', label, '⁠');
          return caret;
        },
        selectionBuilder: (user: Writer) => ({
          style: `background-color: ${colorOf(user)}26`,
        }),
      }) as Plugin,
    ],
  });
