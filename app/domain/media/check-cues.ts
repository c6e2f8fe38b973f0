import { Invalid } from '../shared/errors';
import { LONGEST_CUE, MOST_CUES, type Cue } from './captions';
import { saidIn, sanitizeCue } from './cue-text';

/** The last words of a video may be shown a moment longer than it is. */
const AFTER_END_MS = 1000;

/**
 * The cues as they may be stored: their text cleaned, their times whole and inside the video. What a file says
 * beyond that is cut off (`clip`); what a person typed is refused with a pointer, so that nothing of it is lost.
 * A length of 0 is one that is not known yet.
 */
export function checkCues(
  cues: readonly Cue[],
  durationMs: number,
  outside: 'clip' | 'refuse',
): Cue[] {
  const end = durationMs > 0 ? durationMs + AFTER_END_MS : Number.MAX_SAFE_INTEGER;
  const clean = cues.map((cue) => ({
    fromMs: Math.round(cue.fromMs),
    toMs: Math.round(cue.toMs),
    text: sanitizeCue(cue.text),
  }));
  if (outside === 'clip') {
    return clean
      .filter((cue) => cue.fromMs < end && cue.text !== '')
      .slice(0, MOST_CUES)
      .map((cue) => ({ ...cue, toMs: Math.min(cue.toMs, end) }));
  }
  if (clean.length === 0) throw new Invalid([{ pointer: '/cues', message: 'captions-empty' }]);
  if (clean.length > MOST_CUES) throw new Invalid([{ pointer: '/cues', message: 'too-many-cues' }]);
  const faults = clean.flatMap((cue, n) => {
    const at = (field: string, message: string) => [{ pointer: `/cues/${n}/${field}`, message }];
    if (cue.text === '') return at('text', 'cue-without-text');
    if (saidIn(cue.text).length > LONGEST_CUE) return at('text', 'cue-too-long');
    if (cue.fromMs < 0 || cue.fromMs >= end) return at('fromMs', 'cue-outside');
    if (cue.toMs <= cue.fromMs) return at('toMs', 'cue-backwards');
    return cue.toMs > end ? at('toMs', 'cue-outside') : [];
  });
  if (faults.length > 0) throw new Invalid(faults);
  return clean;
}
