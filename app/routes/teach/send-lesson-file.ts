import type { Editor } from '@tiptap/react';
import type { AddedFile } from '~/domain/lesson-files/add-lesson-file.server';

/** Why a file was not taken. */
export type FileFault = 'tooLarge' | 'empty' | 'full' | 'failed';

/** As wide as the text; wider pictures begin in this width, pixels. */
export const TEXT_WIDTH = 690;

/** Sends files for a lesson's text and puts each where the cursor stands; answers why one was not taken. */
export async function insertFiles(
  editor: Editor,
  lessonId: string,
  files: File[],
): Promise<FileFault | undefined> {
  for (const file of files) {
    const added = await sendFile(lessonId, file);
    if (typeof added === 'string') return added;
    insert(editor, added);
  }
  return undefined;
}

/** Sends one file for a lesson's text; answers what it became, or why it was not taken. */
export async function sendFile(lessonId: string, file: File): Promise<AddedFile | FileFault> {
  const asked = new URLSearchParams({ lessonId, name: file.name });
  try {
    const answer = await fetch(`/api/lesson-files?${asked.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    if (answer.ok) return (await answer.json()) as AddedFile;
    if (answer.status === 413) return 'tooLarge';
    if (answer.status === 409) return 'full';
    return answer.status === 422 ? (file.size === 0 ? 'empty' : 'tooLarge') : 'failed';
  } catch {
    return 'failed';
  }
}

function insert(editor: Editor, { id, kind, name, bytes, width, height }: AddedFile): void {
  const address = `/lesson-files/${id}`;
  if (kind === 'attachment') {
    const attrs = { href: address, bytes, name };
    editor.chain().focus().insertContent({ type: 'attachment', attrs }).run();
    return;
  }
  const shown = Math.min(width, TEXT_WIDTH);
  const size = { width: shown, height: Math.round((height * shown) / width) };
  const attrs = { src: address, alt: '', ...size };
  const { to } = editor.state.selection;
  editor.chain().focus().insertContentAt(to, { type: 'image', attrs }).run();
}
