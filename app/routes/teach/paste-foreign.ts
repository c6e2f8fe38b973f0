import type { EditorView } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { cleanPasted } from '~/domain/lesson-texts/clean-pasted';
import { sendFile, TEXT_WIDTH } from './send-lesson-file';

/** Pictures are on their way, or so many did not come along. */
export type PasteState = 'sending' | { lost: number } | undefined;

/** Whether it was copied from an editor of this kind, which says everything as it is. */
export const isOwnHtml = (html: string) => html.includes('data-pm-slice');

/** What another program put on the clipboard, where it is more than plain words; undefined in code, which stays plain. */
export function foreignHtml(view: EditorView, data: DataTransfer | null): string | undefined {
  const html = data?.getData('text/html') ?? '';
  const inCode = view.state.selection.$from.parent.type.spec.code;
  return html === '' || isOwnHtml(html) || inCode ? undefined : html;
}

/** Puts it into the text, cleaned, its pictures sent first; says what becomes of them. */
export async function pasteForeign(
  editor: Editor,
  lessonId: string,
  html: string,
  tell: (state: PasteState) => void,
): Promise<void> {
  const pasted = cleanPasted(html);
  tell(pasted.images.length > 0 ? 'sending' : undefined);
  const shown = await Promise.all(pasted.images.map((image) => sendImage(lessonId, image)));
  const sent = pasted.html.replace(/src="pasted:(\d+)"/g, (_whole, at) => shown[Number(at)] ?? '');
  const lost = pasted.lostImages + shown.filter((one) => one === undefined).length;
  tell(lost > 0 ? { lost } : undefined);
  if (!editor.isDestroyed) editor.view.pasteHTML(sent);
}

/** The attributes under which a picture is shown; undefined where it was not taken. */
async function sendImage(lessonId: string, address: string): Promise<string | undefined> {
  const [, type = '', base64 = ''] = /^data:([^;]+);base64,(.*)$/s.exec(address) ?? [];
  const bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  const file = new File([bytes], `pasted.${type.replace('image/', '')}`, { type });
  const added = await sendFile(lessonId, file);
  if (typeof added === 'string' || added.kind !== 'image') return undefined;
  const width = Math.min(added.width, TEXT_WIDTH);
  const height = Math.round((added.height * width) / added.width);
  return `src="/lesson-files/${added.id}" width="${width}" height="${height}"`;
}
