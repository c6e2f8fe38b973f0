import { useEditorState, type Editor } from '@tiptap/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CalloutKind } from '~/domain/lesson-texts/callout-kinds';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import * as icons from '~/ui/icons';
import { FileTools } from './file-tools';
import { ImageField } from './image-field';
import { FormulaField } from './formula-field';
import { LessonField } from './lesson-field';
import { LinkField } from './link-field';
import styles from './text-editor.module.css';

interface Tool {
  label: string;
  icon: ReactNode;
  act: () => void;
  pressed?: boolean;
}

/** What can be done to the text where the cursor stands. */
export function TextToolbar(props: {
  editor: Editor;
  lessonId: string;
  /** At the end of the bar. */
  children?: ReactNode;
}) {
  const { editor, lessonId } = props;
  const text = useText(lessonTextMessages).tools;
  const [field, setField] = useState<'link' | 'formula' | 'card'>();
  const toggle = (wanted: typeof field) => () => setField(field === wanted ? undefined : wanted);
  const closed = () => setField(undefined);
  const left = () => {
    editor.commands.focus();
    closed();
  };
  const active = useEditorState({ editor, selector: ({ editor: now }) => activeIn(now) });
  const link: Tool = {
    label: text.link,
    icon: <icons.IconLink size={20} />,
    act: toggle('link'),
    pressed: field === 'link' || active.link,
  };
  const formula: Tool = {
    label: text.formula,
    icon: <icons.IconMathFunction size={20} />,
    act: toggle('formula'),
    pressed: field === 'formula' || active.formula,
  };
  const card: Tool = {
    label: text.card,
    icon: <icons.IconVideo size={20} />,
    act: toggle('card'),
    pressed: field === 'card',
  };
  const groups = [
    [...wordTools(editor, text, active), link],
    blockTools(editor, text, active),
    [...tableTools(editor, text, active), formula, card],
    historyTools(editor, text),
  ];
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={text.label}>
      {groups.map((tools, index) => (
        <div key={index} className={styles.group}>
          {tools.map((tool) => (
            <ToolButton key={tool.label} {...tool} />
          ))}
        </div>
      ))}
      <FileTools editor={editor} lessonId={lessonId} />
      <span className={styles.aside}>{props.children}</span>
      {active.image ? <ImageField editor={editor} /> : null}
      {field ? (
        <OpenField key={field} left={left}>
          {field === 'link' ? <LinkField editor={editor} done={closed} /> : null}
          {field === 'formula' ? <FormulaField editor={editor} done={closed} /> : null}
          {field === 'card' ? <LessonField editor={editor} done={closed} /> : null}
        </OpenField>
      ) : null}
    </div>
  );
}

/** Takes the keyboard when it opens, and gives it back to the text with Escape. */
function OpenField({ left, children }: { left: () => void; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const leave = useRef(left);
  useEffect(() => {
    const field = place.current;
    const leaveByKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave.current();
    };
    field?.querySelector<HTMLElement>('input, select')?.focus();
    field?.addEventListener('keydown', leaveByKey);
    return () => field?.removeEventListener('keydown', leaveByKey);
  }, []);
  return (
    <div ref={place} className={styles.openField}>
      {children}
    </div>
  );
}

function ToolButton({ label, icon, act, pressed }: Tool) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={act}
      // The text keeps its selection.
      onMouseDown={(event) => event.preventDefault()}
    >
      {icon}
    </button>
  );
}

type Active = ReturnType<typeof activeIn>;

/** What the cursor stands in; the toolbar is drawn anew only when that changes, not with every key. */
const activeIn = (editor: Editor) => ({
  heading: editor.isActive('heading', { level: 2 }),
  subheading: editor.isActive('heading', { level: 3 }),
  bold: editor.isActive('bold'),
  italic: editor.isActive('italic'),
  link: editor.isActive('link'),
  bulletList: editor.isActive('bulletList'),
  orderedList: editor.isActive('orderedList'),
  warning: editor.isActive('callout', { kind: 'warning' }),
  tip: editor.isActive('callout', { kind: 'tip' }),
  code: editor.isActive('codeBlock'),
  table: editor.isActive('table'),
  image: editor.isActive('image'),
  formula: editor.isActive('formula'),
});

type Words = (typeof lessonTextMessages)['zh']['tools'];

function wordTools(editor: Editor, text: Words, active: Active): Tool[] {
  const run = () => editor.chain().focus();
  return [
    {
      label: text.heading,
      icon: <icons.IconH2 size={20} />,
      act: () => run().toggleHeading({ level: 2 }).run(),
      pressed: active.heading,
    },
    {
      label: text.subheading,
      icon: <icons.IconH3 size={20} />,
      act: () => run().toggleHeading({ level: 3 }).run(),
      pressed: active.subheading,
    },
    {
      label: text.bold,
      icon: <icons.IconBold size={20} />,
      act: () => run().toggleBold().run(),
      pressed: active.bold,
    },
    {
      label: text.italic,
      icon: <icons.IconItalic size={20} />,
      act: () => run().toggleItalic().run(),
      pressed: active.italic,
    },
  ];
}

function blockTools(editor: Editor, text: Words, active: Active): Tool[] {
  const run = () => editor.chain().focus();
  const callout = (kind: CalloutKind, label: string, icon: ReactNode): Tool => ({
    label,
    icon,
    act: () => setCallout(editor, kind),
    pressed: active[kind],
  });
  return [
    {
      label: text.bulletList,
      icon: <icons.IconList size={20} />,
      act: () => run().toggleBulletList().run(),
      pressed: active.bulletList,
    },
    {
      label: text.orderedList,
      icon: <icons.IconListNumbers size={20} />,
      act: () => run().toggleOrderedList().run(),
      pressed: active.orderedList,
    },
    callout('warning', text.warning, <icons.IconAlertTriangle size={20} />),
    callout('tip', text.tip, <icons.IconBulb size={20} />),
    {
      label: text.code,
      icon: <icons.IconCode size={20} />,
      act: () => run().toggleCodeBlock().run(),
      pressed: active.code,
    },
  ];
}

/** Sets the blocks of the selection apart, changes what they are set apart as, or takes that back. */
function setCallout(editor: Editor, kind: CalloutKind): void {
  const chain = editor.chain().focus();
  if (editor.isActive('callout', { kind })) chain.lift('callout').run();
  else if (editor.isActive('callout')) chain.updateAttributes('callout', { kind }).run();
  else chain.wrapIn('callout', { kind }).run();
}

function tableTools(editor: Editor, text: Words, active: Active): Tool[] {
  const run = () => editor.chain().focus();
  if (!active.table) {
    const size = { rows: 3, cols: 3, withHeaderRow: true };
    const act = () => run().insertTable(size).run();
    return [{ label: text.table, icon: <icons.IconTable size={20} />, act }];
  }
  return [
    {
      label: text.addRow,
      icon: <icons.IconRowInsertBottom size={20} />,
      act: () => run().addRowAfter().run(),
    },
    {
      label: text.addColumn,
      icon: <icons.IconColumnInsertRight size={20} />,
      act: () => run().addColumnAfter().run(),
    },
    {
      label: text.deleteTable,
      icon: <icons.IconTableOff size={20} />,
      act: () => run().deleteTable().run(),
    },
  ];
}

function historyTools(editor: Editor, text: Words): Tool[] {
  const run = () => editor.chain().focus();
  return [
    { label: text.undo, icon: <icons.IconArrowBackUp size={20} />, act: () => run().undo().run() },
    {
      label: text.redo,
      icon: <icons.IconArrowForwardUp size={20} />,
      act: () => run().redo().run(),
    },
  ];
}
