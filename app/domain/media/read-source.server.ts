import { probeMedia, readHead } from '~/infra/media-probe.server';
import { ProgramFailed } from '~/infra/run-program.server';
import { sniffContainer } from './container';
import { planConversion, type ConversionPlan, type RefusalReason } from './conversion-plan';
import type { Source } from './make-rendition.server';

/** Looks into an uploaded file: what it is and how it is converted, or why it cannot be used. */
export async function readSource(
  input: string,
  signal: AbortSignal,
): Promise<{ source: Source; plan: ConversionPlan } | { refused: RefusalReason }> {
  const demuxer = sniffContainer(await readHead(input));
  if (!demuxer) return { refused: 'not-a-video' };
  try {
    const probe = await probeMedia(input, demuxer, signal);
    const planned = planConversion(probe);
    return 'refused' in planned
      ? planned
      : { source: { input, demuxer, probe }, plan: planned.plan };
  } catch (error) {
    const ours = error instanceof ProgramFailed && !['aborted', 'killed'].includes(error.how);
    if (ours) return { refused: 'damaged' };
    throw error;
  }
}
