import { useEditorState, type Editor } from '@tiptap/react';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import { sizeOf } from './image-view';
import styles from './text-editor.module.css';

/** What the chosen picture shows, in words, and how wide it is. */
export function ImageField({ editor }: { editor: Editor }) {
  const text = useText(lessonTextMessages).image;
  const attrs = useEditorState({
    editor,
    selector: ({ editor: now }) => now.getAttributes('image'),
  });
  const change = (next: Record<string, unknown>) => editor.commands.updateAttributes('image', next);
  return (
    <span className={styles.field}>
      <label className={styles.alt}>
        {text.alt}
        <input
          className="input"
          value={String(attrs.alt ?? '')}
          maxLength={300}
          placeholder={text.altHint}
          onChange={(event) => change({ alt: event.currentTarget.value })}
        />
      </label>
      <label>
        {text.width}
        <input
          className="input"
          type="number"
          min={60}
          max={690}
          step={10}
          value={Number(attrs.width ?? 0)}
          onChange={(event) => change(sizeOf(attrs, Number(event.currentTarget.value)))}
        />
      </label>
    </span>
  );
}
