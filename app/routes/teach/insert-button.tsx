import type { Editor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { IconTextPlus } from '~/ui/icons';
import styles from './comments.module.css';

/** Suggests words at the caret: by button, and by Ctrl+Alt+M (on a Mac Command+Option+M) from within the text. */
export function InsertButton({ editor, insert }: { editor: Editor; insert: () => void }) {
  const text = useText(commentMessages);
  const latest = useRef(insert);
  latest.current = insert;
  useEffect(() => {
    const byKey = (event: KeyboardEvent) => {
      // With Option held a Mac names another key.
      const wanted = (event.ctrlKey || event.metaKey) && event.altKey && event.code === 'KeyM';
      if (!wanted) return;
      event.preventDefault();
      latest.current();
    };
    const { dom } = editor.view;
    dom.addEventListener('keydown', byKey);
    return () => dom.removeEventListener('keydown', byKey);
  }, [editor]);
  return (
    <button
      type="button"
      className={styles.insert}
      title={`${text.insertHere} (Ctrl+Alt+M)`}
      aria-label={text.insertHere}
      aria-keyshortcuts="Control+Alt+M Meta+Alt+M"
      // The text keeps its caret.
      onMouseDown={(event) => event.preventDefault()}
      onClick={insert}
    >
      <IconTextPlus size={20} aria-hidden="true" />
    </button>
  );
}
