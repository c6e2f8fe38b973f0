import type { Editor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { MOST_LATEX } from '~/domain/lesson-texts/formula-node';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import { drawLatex } from './formula-view';
import styles from './text-editor.module.css';

/** A formula in LaTeX, drawn while it is typed: the one that is selected, or a new one. */
export function FormulaField({ editor, done }: { editor: Editor; done: () => void }) {
  const text = useText(lessonTextMessages).formula;
  const selected = editor.getAttributes('formula') as { latex?: string; apart?: boolean };
  const [latex, setLatex] = useState(selected.latex ?? '');
  const [apart, setApart] = useState(selected.apart ?? false);
  const [readable, setReadable] = useState(true);
  const preview = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    if (!preview.current) return;
    let current = true;
    void drawLatex(preview.current, latex, apart).then((drawn) => {
      if (current) setReadable(drawn);
    });
    return () => {
      current = false;
    };
  }, [latex, apart]);
  const apply = () => {
    const attrs = { latex: latex.trim(), apart };
    const chain = editor.chain().focus();
    if (attrs.latex === '') chain.run();
    else chain.insertContent({ type: 'formula', attrs }).run();
    done();
  };
  return (
    <span className={`${styles.field} ${styles.formula}`}>
      <input
        className="input"
        aria-label={text.latex}
        placeholder={text.placeholder}
        maxLength={MOST_LATEX}
        value={latex}
        spellCheck={false}
        onChange={(event) => setLatex(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          apply();
        }}
      />
      <label className={styles.apart}>
        <input
          type="checkbox"
          checked={apart}
          onChange={(event) => setApart(event.currentTarget.checked)}
        />
        {text.apart}
      </label>
      <button type="button" className="button outlined" onClick={apply}>
        {selected.latex ? text.change : text.insert}
      </button>
      <output ref={preview} className={styles.drawn} aria-label={text.preview} />
      {readable ? null : <span className="small second">{text.unreadable}</span>}
    </span>
  );
}
