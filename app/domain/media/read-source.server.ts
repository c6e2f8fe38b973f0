import {
  probeMedia,
  readHead,
  scanPicture,
  type MediaProbe,
  type Source,
} from '~/infra/media-probe.server';
import { ProgramFailed } from '~/infra/run-program.server';
import { sniffContainer } from './container';
import { planConversion, type ConversionPlan, type RefusalReason } from './conversion-plan';

/** Looks into an uploaded file: what it is and how it is converted, or why it cannot be used. */
export async function readSource(
  input: string,
  signal: AbortSignal,
): Promise<
  { source: Source; plan: ConversionPlan } | { refused: RefusalReason; probe?: MediaProbe }
> {
  const head = await readHead(input);
  if (head.length === 0) return { refused: 'empty' };
  const demuxer = sniffContainer(head);
  if (!demuxer) return { refused: 'not-a-video' };
  // What a browser records tells no length; its pictures do.
  const measure = async (probe: MediaProbe) =>
    probe.video ? (await scanPicture({ input, demuxer, probe }, signal)).endMs : 0;
  try {
    const found = await probeMedia(input, demuxer, signal);
    const probe = { ...found, durationMs: found.durationMs || (await measure(found)) };
    const planned = planConversion(probe);
    return 'refused' in planned
      ? { ...planned, probe }
      : { source: { input, demuxer, probe }, plan: planned.plan };
  } catch (error) {
    const ours = error instanceof ProgramFailed && !['aborted', 'killed'].includes(error.how);
    if (ours) return { refused: 'damaged' };
    throw error;
  }
}
