/** The address of a lesson's picture or attachment. */
export const LESSON_FILE = /^\/lesson-files\/[0-9a-f-]{36}$/;

/** Bytes as people say them, for both languages. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
