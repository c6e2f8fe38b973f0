import type { NamedFile } from '~/domain/courses/lessons-from-files';

/** A chosen or dropped file with its place in the folder. */
export type PlacedFile = NamedFile & { file: File };

const VIDEO_ENDING = /\.(mp4|m4v|mov|mkv|webm|avi|mts|m2ts|ts|mpe?g|vob|flv|wmv|asf|3gp|f4v)$/i;

/** Whether a file calls itself a video; what it really is, the first bytes tell. */
export function looksLikeVideo(file: File): boolean {
  return file.type.startsWith('video/') || VIDEO_ENDING.test(file.name);
}

/** Files of an input, with their paths where a folder was chosen. */
export function placedFiles(files: FileList | null): PlacedFile[] {
  return [...(files ?? [])].map((file) => ({
    file,
    name: file.name,
    path: file.webkitRelativePath || file.name,
  }));
}

/** What was dropped, folders with everything in them. */
export async function readDropped(dropped: DataTransfer): Promise<PlacedFile[]> {
  // Entries must be taken before anything is awaited: the browser forgets the drop then.
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry());
  const found: PlacedFile[] = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: PlacedFile[]): Promise<void> {
  if (entry.name.startsWith('.')) return;
  if (entry.isFile) {
    const read = entry as FileSystemFileEntry;
    const file = await new Promise<File>((resolve, reject) => read.file(resolve, reject));
    found.push({ file, name: file.name, path: entry.fullPath });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader answers in parts, and with none at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return;
    for (const inner of part) await walk(inner, found);
  }
}
