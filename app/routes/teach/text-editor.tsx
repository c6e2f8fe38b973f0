import Collaboration from '@tiptap/extension-collaboration';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { cleanPasted } from '~/domain/lesson-texts/clean-pasted';
import { TEXT_FIELD, textExtensions } from '~/domain/lesson-texts/text-schema';
import type { Writer } from '~/domain/shared/live-line';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { commentMarks, type Placed } from './comment-marks';
import { QuietCard } from './card-view';
import { DrawnFormula } from './formula-view';
import { ResizableImage } from './image-view';
import type { LiveText } from './live-text';
import { foreignHtml, isOwnHtml, pasteForeign, type PasteState } from './paste-foreign';
import { insertFiles } from './send-lesson-file';
import { SuggestionBadge } from './suggestion-badge';
import { TextComments } from './text-comments';
import { textCursors } from './text-cursors';
import { TextToolbar } from './text-toolbar';
import type { Comments } from './use-comments';
import { useTextLine, type OpenText } from './use-text-line';
import commentStyles from './comments.module.css';
import styles from './text-editor.module.css';

interface Given {
  lessonId: string;
  self: Writer;
  labelledBy: string;
  /** Hears how the text stands, for the page's header. */
  onLive: (live: LiveText | undefined) => void;
  /** The text as the page came with it, until the live one has arrived. */
  before: React.ReactNode;
  talk: TextTalk;
}

/** What is said about the text, and where in it. */
export interface TextTalk {
  comments: Comments;
  placed: Placed | undefined;
  /** Hears which ranges were found in the open text, and where; undefined when it is open no more. */
  onPlaced: (placed: Placed | undefined) => void;
  /** Somebody wants to see a thread. */
  onOpen: (threadId: string) => void;
  zone: string;
}

/** Nodes that look or act otherwise where they are edited. */
const shown = [ResizableImage, DrawnFormula, QuietCard];

const NOTHING: Placed = new Map();

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
  const { labelledBy, talk } = props;
  return <LiveEditor key={lessonId} {...{ lessonId, open, labelledBy, talk, self }} />;
}

function LiveEditor(props: {
  lessonId: string;
  open: OpenText;
  labelledBy: string;
  talk: TextTalk;
  self: Writer;
}) {
  const { lessonId, open, labelledBy, talk, self } = props;
  const { comments, placed, onPlaced, onOpen, zone } = talk;
  const own = useRef<Editor | null>(null);
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const [pasted, setPasted] = useState<PasteState>();
  const { line, state, restored } = open;
  const text = useText(lessonTextMessages);
  const words = useText(commentMessages);
  const extensions = useMemo(
    () => [
      ...textExtensions.filter(({ name }) => !shown.some((one) => one.name === name)),
      ...shown,
      Collaboration.configure({ fragment: line.doc.getXmlFragment(TEXT_FIELD) }),
      textCursors(line.presence),
      commentMarks({ onPlaced, onOpen }),
    ],
    [line, onPlaced, onOpen],
  );
  useEffect(() => () => onPlaced(undefined), [onPlaced]);
  const editor = useEditor(
    {
      extensions,
      editable: state.mayWrite,
      injectCSS: false,
      immediatelyRender: true,
      shouldRerenderOnTransaction: false,
      editorProps: {
        handlePaste: (view, event) => {
          const html = foreignHtml(view, event.clipboardData);
          if (html === undefined || !own.current) {
            return takeFiles(own.current, lessonId, event.clipboardData);
          }
          void pasteForeign(own.current, lessonId, html, setPasted);
          return true;
        },
        transformPastedHTML: (html) => (isOwnHtml(html) ? html : cleanPasted(html).html),
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
  const known = placed ?? NOTHING;
  const badge = (
    <>
      <span ref={setTools} />
      <SuggestionBadge comments={comments} placed={known} />
    </>
  );
  return (
    <div className={styles.box}>
      {state.line === 'refused' ? <Refused state={state} /> : null}
      {restored ? <Notice tone="done">{text.kept}</Notice> : null}
      {pasted ? (
        <Notice tone="pending">
          {pasted === 'sending' ? text.files.sending : text.lostImages(pasted.lost)}
        </Notice>
      ) : null}
      {editor && state.mayWrite ? (
        <TextToolbar editor={editor} lessonId={lessonId}>
          {badge}
        </TextToolbar>
      ) : (
        <div className={commentStyles.strip}>
          <span className="small second">{words.select}</span>
          <span className={commentStyles.actions}>{badge}</span>
        </div>
      )}
      <EditorContent editor={editor} />
      {editor ? (
        <TextComments
          selfId={self.personId}
          {...{ editor, comments, zone, tools }}
          placed={known}
        />
      ) : null}
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
