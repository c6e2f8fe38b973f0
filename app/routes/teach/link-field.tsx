import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import styles from './text-editor.module.css';

/** The address of the link that the cursor stands in, or of the selected words. */
export function LinkField({ editor, done }: { editor: Editor; done: () => void }) {
  const text = useText(lessonTextMessages).tools;
  const attributes = editor.getAttributes('link');
  const [href, setHref] = useState(typeof attributes.href === 'string' ? attributes.href : '');
  const apply = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href.trim()) chain.setLink({ href: href.trim() }).run();
    else chain.unsetLink().run();
    done();
  };
  return (
    <span className={styles.field}>
      <input
        className="input"
        type="url"
        aria-label={text.linkAddress}
        placeholder={text.linkAddress}
        value={href}
        onChange={(event) => setHref(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          apply();
        }}
      />
      <button type="button" className="button outlined" onClick={apply}>
        {text.linkApply}
      </button>
    </span>
  );
}
