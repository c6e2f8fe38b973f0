import type { Editor } from '@tiptap/react';
import { ySyncPluginKey } from 'y-prosemirror';
import { useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { Notice } from '~/ui/notice';
import { organizationColor } from '~/ui/organization-mark';
import { CommentBubble, isCaretIn, type Wish } from './comment-bubble';
import { CommentByWords } from './comment-by-words';
import { CommentForm, type Said } from './comment-form';
import { showMarks, type Placed } from './comment-marks';
import { anchorOf, caretOf, type Mark, type SyncState, type TextAnchor } from './comment-places';
import { CommentThread } from './comment-thread';
import { InsertButton } from './insert-button';
import type { Comments } from './use-comments';
import styles from './comments.module.css';

interface Given {
  editor: Editor;
  comments: Comments;
  placed: Placed;
  selfId: string;
  zone: string;
  /** Where the button stands that suggests an insertion. */
  tools: HTMLElement | null;
}

const DRAFT = 'draft';
const DRAFT_COLOR = '#28539b';

/** In the text: what is suggested, below its block, and a form for what somebody wants to say about selected words. */
export function TextComments({ editor, comments, placed, selfId, zone, tools }: Given) {
  const text = useText(commentMessages);
  const { said, send, lessonId } = comments;
  const [draft, setDraft] = useState<{ wish: Wish; anchor: TextAnchor }>();
  const [refused, setRefused] = useState<Wish>();
  const marks = useMemo((): Mark[] => {
    const threads = said?.threads ?? [];
    const drawn = threads.flatMap(({ id, anchor, by, replacement, decided, resolved }) => {
      if (anchor.kind !== 'text' || decided || resolved) return [];
      const { start, end, quote } = anchor;
      const kind = replacement === null ? ('comment' as const) : ('suggestion' as const);
      const color = organizationColor(by.organization);
      return [{ id, kind, start, end, quote, replacement, color }];
    });
    if (!draft) return drawn;
    const own = { id: DRAFT, kind: DRAFT, replacement: null, color: DRAFT_COLOR } as const;
    return [...drawn, { ...own, ...draft.anchor, kind: DRAFT }];
  }, [said, draft]);
  useEffect(() => showMarks(editor.view, marks), [editor, marks]);
  // Who never clicked into the text has no caret there, whatever the editor takes for one.
  const caret = (sync: SyncState) =>
    editor.isFocused || isCaretIn(editor) ? caretOf(sync, editor.state) : undefined;
  const begin = (wish: Wish) => {
    const sync = ySyncPluginKey.getState(editor.state) as SyncState;
    const anchor =
      wish === 'insert' ? caret(sync) : anchorOf(sync, editor.state, wish === 'suggest');
    setRefused(anchor ? undefined : wish);
    if (anchor) setDraft({ wish, anchor });
  };
  const close = () => {
    setDraft(undefined);
    editor.commands.focus();
  };
  const { doc } = ySyncPluginKey.getState(editor.state) as SyncState;
  const place = placed.get(DRAFT);
  const path = `/api/lessons/${lessonId}/comments`;
  return (
    <>
      {draft ? null : <CommentBubble editor={editor} onWish={begin} />}
      {editor.isEditable || draft ? null : (
        <CommentByWords doc={doc} onAnchor={(wish, anchor) => setDraft({ wish, anchor })} />
      )}
      {tools && !draft
        ? createPortal(<InsertButton editor={editor} insert={() => begin('insert')} />, tools)
        : null}
      {refused ? (
        <Notice tone="pending">{refused === 'insert' ? text.noCaret : text.oneBlock}</Notice>
      ) : null}
      {draft && place
        ? createPortal(
            <div className={styles.card}>
              <CommentForm
                key={draft.wish}
                label={draft.wish === 'comment' ? text.body : text[draft.wish]}
                submit={draft.wish === 'comment' ? text.submitComment : text.submitSuggestion}
                people={said?.people.filter(({ personId }) => personId !== selfId) ?? []}
                {...(draft.wish !== 'comment' ? { quote: draft.anchor.quote } : {})}
                send={(words: Said) =>
                  send({ path, method: 'POST', body: { anchor: draft.anchor, ...words } })
                }
                done={close}
                cancel={close}
              />
            </div>,
            place.host,
          )
        : null}
      {said?.threads.map((thread) => {
        const found = placed.get(thread.id);
        if (!found || thread.replacement === null || thread.decided) return null;
        const changed = thread.anchor.kind === 'text' && found.words !== thread.anchor.quote;
        return createPortal(
          <CommentThread
            {...{ thread, comments, selfId, zone }}
            {...(changed ? { present: found.words } : {})}
          />,
          found.host,
          thread.id,
        );
      })}
    </>
  );
}
