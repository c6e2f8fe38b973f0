import { useEditorState, type Editor } from '@tiptap/react';
import { useLayoutEffect, useRef } from 'react';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { IconEdit, IconMessageCircle } from '~/ui/icons';
import styles from './comments.module.css';

export type Wish = 'suggest' | 'comment';

const GAP = 6;

/** Beside selected words: what can be said about them. It comes after the text, so that Tab leads to it. */
export function CommentBubble(props: { editor: Editor; onWish: (wish: Wish) => void }) {
  const { editor, onWish } = props;
  const text = useText(commentMessages);
  const bubble = useRef<HTMLDivElement>(null);
  const { from, to, words } = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const { selection, doc } = now.state;
      const said = selection.empty ? '' : doc.textBetween(selection.from, selection.to, ' ').trim();
      return { from: selection.from, to: selection.to, words: said !== '' };
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
  }, [editor, from, to, words]);
  if (!words) return null;
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
    <div ref={bubble} className={styles.bubble} role="group" aria-label={text.onSelection}>
      {button('suggest', IconEdit, text.suggest)}
      {button('comment', IconMessageCircle, text.comment)}
    </div>
  );
}
