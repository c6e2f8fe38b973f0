import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import type { ResolvedPos } from '@tiptap/pm/model';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from 'y-prosemirror';
import { findPlace, type Mark, type SyncState } from './comment-places';
import styles from './comments.module.css';

/** Of each mark that was found: what it reads now, and the element below its block that holds its card. */
export type Placed = ReadonlyMap<string, { words: string; host: HTMLElement }>;

interface Shown {
  marks: readonly Mark[];
  words: Map<string, string>;
  set: DecorationSet;
}

const key = new PluginKey<Shown>('commentMarks');
/** After own keys the marks move with the text; what they read is looked at once the hands rest. */
const REST_MS = 250;

/** Shows other marks from now on. */
export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  view.dispatch(view.state.tr.setMeta(key, marks));
}

/** Marks what is said about ranges of the text; the words to come stand beside those to go, cards below their block. */
export const commentMarks = (given: {
  onPlaced: (placed: Placed) => void;
  onOpen: (threadId: string) => void;
}) => {
  const hosts = new Map<string, HTMLElement>();
  const hostOf = (id: string): HTMLElement => {
    const host = hosts.get(id) ?? document.createElement('div');
    host.className = styles.host ?? '';
    hosts.set(id, host);
    return host;
  };
  const draw = (state: EditorState, marks: readonly Mark[]): Shown => {
    const words = new Map<string, string>();
    const sync = ySyncPluginKey.getState(state) as SyncState | undefined;
    const decorations = marks.flatMap((mark) => {
      const place = sync && findPlace(sync, state, mark);
      if (!place) return [];
      words.set(mark.id, place.words);
      return drawMark(state, mark, place, hostOf);
    });
    return { marks, words, set: DecorationSet.create(state.doc, decorations) };
  };
  return Extension.create({
    name: 'commentMarks',
    addProseMirrorPlugins: () => [
      new Plugin<Shown>({
        key,
        state: {
          init: () => ({ marks: [], words: new Map(), set: DecorationSet.empty }),
          apply(tr, shown, _old, state) {
            const marks = tr.getMeta(key) as readonly Mark[] | undefined;
            const sync = ySyncPluginKey.getState(state) as SyncState | undefined;
            if (marks || (tr.docChanged && sync?.isChangeOrigin)) {
              return draw(state, marks ?? shown.marks);
            }
            return tr.docChanged ? { ...shown, set: shown.set.map(tr.mapping, tr.doc) } : shown;
          },
        },
        props: {
          decorations: (state) => key.getState(state)?.set,
          handleClick(_view, _at, event) {
            const clicked = event.target instanceof Element ? event.target : undefined;
            const id = clicked?.closest('[data-comment]')?.getAttribute('data-comment');
            if (id) given.onOpen(id);
            return false;
          },
        },
        view() {
          let told: ReadonlyMap<string, string> | undefined;
          let resting: ReturnType<typeof setTimeout> | undefined;
          return {
            update(view, before) {
              const shown = key.getState(view.state);
              if (!shown) return;
              if (shown.words !== told) {
                told = shown.words;
                const placed = [...shown.words].map(
                  ([id, words]) => [id, { words, host: hostOf(id) }] as const,
                );
                // React may not draw while the editor does.
                queueMicrotask(() => given.onPlaced(new Map(placed)));
              }
              const own = shown.marks.length > 0 && !view.state.doc.eq(before.doc);
              if (!own || (ySyncPluginKey.getState(view.state) as SyncState).isChangeOrigin) return;
              clearTimeout(resting);
              resting = setTimeout(
                () => showMarks(view, key.getState(view.state)?.marks ?? []),
                REST_MS,
              );
            },
            destroy: () => clearTimeout(resting),
          };
        },
      }),
    ],
  });
};

function drawMark(
  state: EditorState,
  mark: Mark,
  { from, to, words }: { from: number; to: number; words: string },
  hostOf: (id: string) => HTMLElement,
): Decoration[] {
  const { id, kind, color, quote, replacement } = mark;
  const style = `--by: ${color}`;
  const stands = kind === 'suggestion' && words === quote;
  const look = kind === 'draft' ? styles.draft : stands ? styles.struck : styles.commented;
  const attributes = {
    class: look ?? '',
    style,
    ...(stands ? { nodeName: 'del' } : {}),
    ...(kind === 'comment' ? { 'data-comment': id } : {}),
  };
  const drawn = [Decoration.inline(from, to, attributes)];
  if (kind === 'draft' && from === to) {
    const caret = () => {
      const element = document.createElement('span');
      element.className = styles.draftCaret ?? '';
      return element;
    };
    drawn.push(Decoration.widget(to, caret, { side: -1, key: 'draft caret' }));
  }
  if (stands && replacement) {
    const proposed = () => {
      const element = document.createElement('ins');
      element.className = styles.proposed ?? '';
      element.style.setProperty('--by', color);
      element.textContent = replacement;
      return element;
    };
    drawn.push(Decoration.widget(to, proposed, { side: -1, key: `${id} ${replacement}` }));
  }
  if (kind === 'comment') return drawn;
  const spec = { side: 1, key: id, ignoreSelection: true, stopEvent: () => true };
  drawn.push(Decoration.widget(behindBlock(state.doc.resolve(to)), () => hostOf(id), spec));
  return drawn;
}

/** Below the block of a position; below the whole table in a table, whose cells are narrow. */
function behindBlock(position: ResolvedPos): number {
  for (let depth = 1; depth <= position.depth; depth += 1) {
    if (position.node(depth).type.name === 'table') return position.after(depth);
  }
  return position.depth > 0 ? position.after(position.depth) : position.pos;
}
