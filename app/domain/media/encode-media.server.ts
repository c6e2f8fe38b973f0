import type { Db } from '~db/client.server';
import { withoutCopy } from './conversion-plan';
import { noteProgress } from './conversion-progress.server';
import { openConversion, publishFirst, type ConversionTools } from './first-rendition.server';
import { encodeRenditions } from './make-rendition.server';

/**
 * Encodes the rendition that is soonest ready of a video whose picture cannot be kept as it is, so
 * that it can be watched; the others follow as a job of their own. May be interrupted at any moment
 * and run again. Throws Postponed while ffmpeg is not installed or the disk is full.
 */
export async function encodeMedia(db: Db, mediaId: string, tools: ConversionTools): Promise<void> {
  const opened = await openConversion(db, mediaId, tools);
  if (!opened) return;
  const { source, plan } = opened;
  const [first = plan.instead, ...left] = withoutCopy(plan).renditions;
  const watching = {
    signal: tools.signal,
    onSeconds: noteProgress(db, mediaId, source.probe.durationMs),
  };
  await publishFirst(db, { id: mediaId, source }, tools, async (work) => {
    const only = { renditions: [first], sound: false, previews: undefined, keyframes: undefined };
    const { renditions } = await encodeRenditions(source, only, work, watching);
    const [made] = renditions;
    return made && { made, left };
  });
}
