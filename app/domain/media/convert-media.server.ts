import type { Db } from '~db/client.server';
import { announceJob } from '~/infra/job-signal.server';
import { NothingToPlay } from '~/infra/packaged-file.server';
import { ProgramFailed } from '~/infra/run-program.server';
import { addJobOnce } from '../jobs/add-job.server';
import { LONGEST_COPIED_FRAGMENT_SECONDS } from './conversion-plan';
import { openConversion, publishFirst, type ConversionTools } from './first-rendition.server';
import { copyRendition, type MadeRendition } from './make-rendition.server';

/**
 * The first job on a finished upload, a matter of seconds: tells whether the file can be used, and
 * re-packages a picture that every phone plays, so that the lesson can be watched. Everything else
 * follows as jobs of their own. May be interrupted at any moment and run again. Throws Postponed
 * while ffmpeg is not installed or the disk is full.
 */
export async function convertMedia(db: Db, mediaId: string, tools: ConversionTools): Promise<void> {
  const opened = await openConversion(db, mediaId, tools);
  if (!opened) return;
  const { source, plan } = opened;
  const [first, ...left] = plan.renditions;
  const copied =
    first?.picture === 'copy' &&
    (await publishFirst(db, { id: mediaId, source }, tools, async (work) => {
      const { signal } = tools;
      const watching = { signal, ...(plan.audio === 'encode' ? {} : { urgent: true as const }) };
      const made = await tryCopy(() => copyRendition(source, first, plan.audio, work, watching));
      return made && { made, left };
    }));
  if (copied) return;
  await db
    .transaction()
    .execute((trx) => addJobOnce(trx, { kind: 'encode-media', mediaId, now: tools.now() }));
  announceJob();
}

// A copied picture may turn out to be broken, or to have keyframes too far apart to seek in.
async function tryCopy(copy: () => Promise<MadeRendition>): Promise<MadeRendition | undefined> {
  try {
    const made = await copy();
    return made.longestFragment <= LONGEST_COPIED_FRAGMENT_SECONDS ? made : undefined;
  } catch (error) {
    if (error instanceof NothingToPlay) return undefined;
    if (error instanceof ProgramFailed && error.how === 'exit') return undefined;
    throw error;
  }
}
