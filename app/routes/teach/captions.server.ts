import { z } from 'zod';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { captionLanguage } from '~/domain/media/caption-language';
import { LARGEST_CAPTIONS, type Cue } from '~/domain/media/captions';
import type { Captions } from '~/domain/media/get-captions.server';
import { removeCaptions } from '~/domain/media/remove-captions.server';
import { saveCaptions } from '~/domain/media/save-captions.server';
import { Invalid } from '~/domain/shared/errors';
import { parseFields } from '~/web/form.server';
import type { Db } from '~db/client.server';

const seen = z.object({
  language: captionLanguage,
  version: z.coerce.number().int().nonnegative(),
});
const written = z.array(
  z.object({ fromMs: z.number().int(), toMs: z.number().int(), text: z.string().max(5000) }),
);

/** What the captions' page shows after a save. */
export interface CaptionsAnswer {
  saved?: { version: number };
  removed?: true;
  /** Complaints by their pointer. */
  errors?: { pointer: string; message: string }[];
  conflict?: { current: Captions; mine: Cue[] };
}

/** Saves or removes what the page sent; the answer and its HTTP status. */
export async function changeCaptions(
  db: Db,
  viewer: Viewer,
  input: { mediaId: string; fields: Record<string, string>; now: number },
): Promise<{ answer: CaptionsAnswer; status: number }> {
  const { mediaId, fields, now } = input;
  let cues: Cue[] = [];
  try {
    const { language, version } = parseFields(seen, fields);
    if (fields.intent === 'remove') {
      await removeCaptions(db, viewer, { mediaId, language, version, now });
      return { answer: { removed: true }, status: 200 };
    }
    cues = parseFields(written, readJson(fields.cues ?? ''));
    const saved = await saveCaptions(db, viewer, { mediaId, language, version, now, cues });
    return { answer: { saved }, status: 200 };
  } catch (error) {
    if (error instanceof Invalid) return { answer: { errors: [...error.errors] }, status: 422 };
    if (!(error instanceof StaleSave)) throw error;
    const current = error.current as Captions;
    return { answer: { conflict: { current, mine: cues } }, status: 409 };
  }
}

function readJson(text: string): unknown {
  try {
    return text.length > 4 * LARGEST_CAPTIONS ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
