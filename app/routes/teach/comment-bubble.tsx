import { useEditorState, type Editor } from '@tiptap/react';
import { useLayoutEffect, useRef } from 'react';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { IconEdit, IconMessageCircle, IconTextPlus } from '~/ui/icons';
import styles from './comments.module.css';

/** To change words, to speak about them, or to have some inserted. */
export type Wish = 'suggest' | 'comment' | 'insert';

const GAP = 6;

/**
 * Beside selected words: what can be said about them; for readers beside the place they clicked, too. It comes after
 * the text, so that Tab leads to it.
 */
export function CommentBubble(props: { editor: Editor; onWish: (wish: Wish) => void }) {
  const { editor, onWish } = props;
  const text = useText(commentMessages);
  const bubble = useRef<HTMLDivElement>(null);
  const { from, to, words, caret } = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const { selection, doc } = now.state;
      const said = selection.empty ? '' : doc.textBetween(selection.from, selection.to, ' ').trim();
      const { from: begin, to: end } = selection;
      return { from: begin, to: end, words: said !== '', caret: isReadersCaret(now) };
    },
  });
  useLayoutEffect(() => {
    const element = bubble.current;
    const box = element?.offsetParent?.getBoundingClientRect();
    if (!element || !box) return;
    const end = editor.view.coordsAtPos(to, -1);
    const left = Math.min(end.left - box.left, box.width - element.offsetWidth);
    element.style.left = `${Math.max(0, left)}px`;
    element.style.top = `${end.bottom - box.top + GAP}px`;
  }, [editor, from, to, words, caret]);
  if (!words && !caret) return null;
  const button = (wish: Wish, Icon: typeof IconEdit, word: string) => (
    <button
      type="button"
      // The text keeps its selection.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onWish(wish)}
    >
      <Icon size={18} aria-hidden="true" />
      {word}
    </button>
  );
  return (
    <div
      ref={bubble}
      className={styles.bubble}
      role="group"
      aria-label={words ? text.onSelection : text.insertHere}
    >
      {words ? button('suggest', IconEdit, text.suggest) : null}
      {words ? button('comment', IconMessageCircle, text.comment) : null}
      {caret ? button('insert', IconTextPlus, text.insert) : null}
    </div>
  );
}

/** Whether somebody who cannot write has put a caret into the text. */
const isReadersCaret = (editor: Editor): boolean =>
  !editor.isEditable && editor.state.selection.empty && isCaretIn(editor);

/** Whether what is selected on the page, or the caret, is in the text. */
export const isCaretIn = (editor: Editor): boolean =>
  editor.view.dom.contains(document.getSelection()?.anchorNode ?? null);
