import type { Editor } from '@tiptap/react';
import { useState, type ReactNode } from 'react';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import {
  IconArrowBackUp,
  IconBold,
  IconColumnInsertRight,
  IconH2,
  IconLink,
  IconList,
  IconListNumbers,
  IconRowInsertBottom,
  IconTable,
  IconTableOff,
} from '~/ui/icons';
import styles from './text-editor.module.css';

/** What can be done to the text where the cursor stands. */
export function TextToolbar({ editor }: { editor: Editor }) {
  const text = useText(teachMessages).toolbar;
  const [linking, setLinking] = useState(false);
  const run = () => editor.chain().focus();
  const inTable = editor.isActive('table');
  const tool = (label: string, icon: ReactNode, act: () => void, pressed?: boolean) => (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={act}
      onMouseDown={(event) => event.preventDefault()}
    >
      {icon}
    </button>
  );
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={text.label}>
      {tool(
        text.heading,
        <IconH2 size={20} />,
        () => run().toggleHeading({ level: 2 }).run(),
        editor.isActive('heading', { level: 2 }),
      )}
      {tool(
        text.bold,
        <IconBold size={20} />,
        () => run().toggleBold().run(),
        editor.isActive('bold'),
      )}
      {tool(
        text.bulletList,
        <IconList size={20} />,
        () => run().toggleBulletList().run(),
        editor.isActive('bulletList'),
      )}
      {tool(
        text.orderedList,
        <IconListNumbers size={20} />,
        () => run().toggleOrderedList().run(),
        editor.isActive('orderedList'),
      )}
      {inTable ? (
        <>
          {tool(text.addRow, <IconRowInsertBottom size={20} />, () => run().addRowAfter().run())}
          {tool(text.addColumn, <IconColumnInsertRight size={20} />, () =>
            run().addColumnAfter().run(),
          )}
          {tool(text.deleteTable, <IconTableOff size={20} />, () => run().deleteTable().run())}
        </>
      ) : (
        tool(text.table, <IconTable size={20} />, () =>
          run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
        )
      )}
      {tool(
        text.link,
        <IconLink size={20} />,
        () => setLinking(!linking),
        linking || editor.isActive('link'),
      )}
      {tool(text.undo, <IconArrowBackUp size={20} />, () => run().undo().run())}
      {linking ? <LinkField editor={editor} done={() => setLinking(false)} /> : null}
    </div>
  );
}

function LinkField({ editor, done }: { editor: Editor; done: () => void }) {
  const text = useText(teachMessages).toolbar;
  const attributes = editor.getAttributes('link');
  const [href, setHref] = useState(typeof attributes.href === 'string' ? attributes.href : '');
  const apply = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href.trim()) chain.setLink({ href: href.trim() }).run();
    else chain.unsetLink().run();
    done();
  };
  return (
    <span className={styles.link}>
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
