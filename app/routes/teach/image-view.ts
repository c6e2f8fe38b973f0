import { LessonImage } from '~/domain/lesson-texts/file-nodes';
import { TEXT_WIDTH } from './send-lesson-file';
import styles from './text-editor.module.css';

const NARROWEST = 60;

/** A picture in the editor, with a handle at its corner that changes its size. */
export const ResizableImage = LessonImage.extend({
  addNodeView: () => (given) => {
    let { node } = given;
    const { editor, getPos } = given;
    const dom = document.createElement('div');
    dom.className = styles.picture ?? '';
    const image = document.createElement('img');
    const handle = document.createElement('span');
    handle.className = styles.handle ?? '';
    handle.setAttribute('aria-hidden', 'true');
    dom.append(image, handle);
    const show = () => {
      const { src, alt, width, height } = node.attrs as Record<string, string | number | null>;
      image.setAttribute('src', String(src));
      image.alt = String(alt ?? '');
      if (width && height) {
        image.width = Number(width);
        image.height = Number(height);
      }
    };
    show();

    const resize = (width: number) => {
      const at = getPos();
      if (typeof at !== 'number') return;
      const attrs = { ...node.attrs, ...sizeOf(node.attrs, width) };
      editor.view.dispatch(editor.state.tr.setNodeMarkup(at, undefined, attrs));
    };
    handle.addEventListener('pointerdown', (event) => {
      if (!editor.isEditable) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      const from = image.getBoundingClientRect().width - event.clientX;
      handle.onpointermove = (move) => {
        const { width, height } = sizeOf(node.attrs, from + move.clientX);
        image.width = width;
        image.height = height;
      };
      handle.onpointerup = (up) => {
        handle.onpointermove = null;
        handle.onpointerup = null;
        resize(from + up.clientX);
      };
    });
    return {
      dom,
      update(next) {
        if (next.type !== node.type) return false;
        node = next;
        show();
        return true;
      },
      stopEvent: (event) => event.target === handle,
      ignoreMutation: () => true,
    };
  },
});

/** The picture in another width, in its own proportions. */
export function sizeOf(
  attrs: Record<string, unknown>,
  wanted: number,
): { width: number; height: number } {
  const width = Math.round(Math.min(TEXT_WIDTH, Math.max(NARROWEST, wanted)));
  const ratio = Number(attrs.height) / Number(attrs.width) || 1;
  return { width, height: Math.max(1, Math.round(width * ratio)) };
}
