import Collaboration from '@tiptap/extension-collaboration';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useEffect, useMemo, useRef } from 'react';
import { TEXT_FIELD, textExtensions } from '~/domain/lesson-texts/text-schema';
import type { Writer } from '~/domain/lesson-texts/text-protocol';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { ResizableImage } from './image-view';
import type { LiveText } from './live-text';
import { insertFiles } from './send-lesson-file';
import { textCursors } from './text-cursors';
import { TextToolbar } from './text-toolbar';
import { useTextLine, type OpenText } from './use-text-line';
import styles from './text-editor.module.css';

interface Given {
  lessonId: string;
  self: Writer;
  labelledBy: string;
  /** Hears how the text stands, for the page's header. */
  onLive: (live: LiveText | undefined) => void;
  /** The text as the page came with it, until the live one has arrived. */
  before: React.ReactNode;
}

/** A lesson's text, written by everybody who has it open. */
export function TextEditor(props: Given) {
  const { lessonId, self, onLive } = props;
  const open = useTextLine(lessonId, self);
  const { state, people } = open ?? {};
  useEffect(() => {
    if (!state || !people) return;
    const others = people.filter(({ personId }) => personId !== self.personId);
    onLive({ state, people: [self, ...others] });
  }, [state, people, self, onLive]);
  useEffect(() => () => onLive(undefined), [onLive]);
  if (!open?.state.loaded) {
    const refused = open?.state.line === 'refused';
    return (
      <>
        {refused ? <Refused state={open.state} /> : null}
        {props.before}
      </>
    );
  }
  return <LiveEditor key={lessonId} {...{ lessonId, open }} labelledBy={props.labelledBy} />;
}

function LiveEditor(props: { lessonId: string; open: OpenText; labelledBy: string }) {
  const { lessonId, open, labelledBy } = props;
  const own = useRef<Editor | null>(null);
  const { line, state, restored } = open;
  const text = useText(lessonTextMessages);
  const extensions = useMemo(
    () => [
      ...textExtensions.filter(({ name }) => name !== ResizableImage.name),
      ResizableImage,
      Collaboration.configure({ fragment: line.doc.getXmlFragment(TEXT_FIELD) }),
      textCursors(line.presence),
    ],
    [line],
  );
  const editor = useEditor(
    {
      extensions,
      editable: state.mayWrite,
      injectCSS: false,
      immediatelyRender: true,
      shouldRerenderOnTransaction: false,
      editorProps: {
        handlePaste: (_view, event) => takeFiles(own.current, lessonId, event.clipboardData),
        handleDrop: (_view, event) => takeFiles(own.current, lessonId, event.dataTransfer),
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-labelledby': labelledBy,
          class: `article ${styles.text}`,
        },
      },
    },
    [extensions],
  );
  own.current = editor;
  useEffect(() => {
    editor?.setEditable(state.mayWrite, false);
  }, [editor, state.mayWrite]);
  return (
    <div className={styles.box}>
      {state.line === 'refused' ? <Refused state={state} /> : null}
      {restored ? <Notice tone="done">{text.kept}</Notice> : null}
      {editor && state.mayWrite ? <TextToolbar editor={editor} lessonId={lessonId} /> : null}
      <EditorContent editor={editor} />
    </div>
  );
}

/** Files that are pasted or dropped; words that came with them (from a spreadsheet, say) go first. */
function takeFiles(editor: Editor | null, lessonId: string, data: DataTransfer | null): boolean {
  const files = [...(data?.files ?? [])];
  if (!editor || files.length === 0 || data?.types.includes('text/html')) return false;
  void insertFiles(editor, lessonId, files);
  return true;
}

function Refused({ state }: { state: LiveText['state'] }) {
  const text = useText(lessonTextMessages);
  if (!state.reason) return null;
  return (
    <Notice tone="wrong">
      {text.refused[state.reason]}{' '}
      {state.reason === 'signed-out' ? (
        <Link to="/sign-in" target="_blank">
          {text.signIn}
        </Link>
      ) : null}
    </Notice>
  );
}
