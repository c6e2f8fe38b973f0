import type { Editor } from '@tiptap/react';
import { useRef, useState } from 'react';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import { IconPaperclip, IconPhoto } from '~/ui/icons';
import { insertFiles, type FileFault } from './send-lesson-file';
import styles from './text-editor.module.css';

/** Puts a picture or a file for download where the cursor stands. */
export function FileTools({ editor, lessonId }: { editor: Editor; lessonId: string }) {
  const text = useText(lessonTextMessages);
  const picker = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<FileFault | 'sending'>();
  const pick = (accept: string) => {
    if (!picker.current) return;
    picker.current.accept = accept;
    picker.current.click();
  };
  const send = async (files: File[]) => {
    setState('sending');
    setState(await insertFiles(editor, lessonId, files));
  };
  return (
    <>
      <div className={styles.group}>
        <button
          type="button"
          aria-label={text.tools.image}
          title={text.tools.image}
          onClick={() => pick('image/png,image/jpeg,image/webp')}
        >
          <IconPhoto size={20} />
        </button>
        <button
          type="button"
          aria-label={text.tools.attachment}
          title={text.tools.attachment}
          onClick={() => pick('')}
        >
          <IconPaperclip size={20} />
        </button>
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={text.tools.attachment}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void send(files);
        }}
      />
      {state ? (
        <p className={`small ${styles.fileState}`} role="status">
          {state === 'sending' ? text.files.sending : text.files.faults[state]}
        </p>
      ) : null}
    </>
  );
}
