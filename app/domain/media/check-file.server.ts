import { scanPicture } from '~/infra/media-probe.server';
import {
  isCutShort,
  LONGEST_COPIED_FRAGMENT_SECONDS,
  SHORTEST_MS,
  shownSize,
  withoutCopy,
  type RefusalReason,
} from './conversion-plan';
import { readSource } from './read-source.server';

/** What would become of a file if it were uploaded. */
export interface FileCheck {
  file: string;
  outcome: 'repackage' | 'convert' | 'refused';
  /** Why it is refused; null for what can be used. */
  reason: RefusalReason | 'not-found' | 'not-a-file' | 'not-readable' | null;
  durationMs: number;
  /** As shown: turned upright, with square pixels. */
  width: number;
  height: number;
  hasSound: boolean;
  renditions: { height: number }[];
}

/**
 * The decision that conversion makes, on a local file, which is only read: the same look inside and
 * the same plan, and a walk through its pictures in place of making the first rendition. `file` is
 * what the caller calls it.
 */
export async function checkFile(
  file: string,
  path: string,
  signal: AbortSignal,
): Promise<FileCheck> {
  const nothing = { file, durationMs: 0, width: 0, height: 0, hasSound: false, renditions: [] };
  const refused = (reason: FileCheck['reason']) =>
    ({ ...nothing, outcome: 'refused', reason }) as const;
  let read: Awaited<ReturnType<typeof readSource>>;
  try {
    read = await readSource(path, signal);
  } catch (error) {
    const reason = unreadable(error);
    if (!reason) throw error;
    return refused(reason);
  }
  if ('refused' in read) {
    const { probe } = read;
    const size = probe?.video ? shownSize(probe.video) : {};
    const durationMs = probe?.durationMs ?? 0;
    const known = { durationMs, hasSound: probe?.audio !== undefined, ...size };
    return { ...refused(read.refused), ...known };
  }
  const { source, plan } = read;
  const scan = await scanPicture(source, signal).catch(() => undefined);
  if (!scan || scan.endMs < SHORTEST_MS) return refused('damaged');
  const seekable = scan.longestGap <= LONGEST_COPIED_FRAGMENT_SECONDS;
  const { renditions } = seekable ? plan : withoutCopy(plan);
  const { probe } = source;
  return {
    file,
    outcome: renditions.some(({ picture }) => picture === 'copy') ? 'repackage' : 'convert',
    reason: null,
    durationMs: isCutShort(scan.endMs, probe.durationMs) ? scan.endMs : probe.durationMs,
    ...(probe.video ? shownSize(probe.video) : { width: 0, height: 0 }),
    hasSound: probe.audio !== undefined,
    renditions: renditions
      .map(({ height }) => ({ height }))
      .sort((one, other) => one.height - other.height),
  };
}

/** Why the machine gives no file, as a reason; undefined when it is no fault of the file's name. */
function unreadable(error: unknown): FileCheck['reason'] | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not-found';
  if (code === 'EISDIR') return 'not-a-file';
  if (code === 'EACCES' || code === 'EPERM') return 'not-readable';
  return undefined;
}
