import type { Trx } from '~db/client.server';
import { inChunks } from '../shared/in-chunks';
import { inOrder, type Cue } from './captions';
import { searchable } from './cue-text';

const ROWS_A_STATEMENT = 500;

/** Puts these cues in the place of those that the captions had. */
export async function keepCues(
  trx: Trx,
  captions: { mediaId: string; language: string },
  cues: readonly Cue[],
): Promise<void> {
  const { mediaId, language } = captions;
  await trx
    .deleteFrom('caption_cue')
    .where('media_id', '=', mediaId)
    .where('language', '=', language)
    .execute();
  const rows = inOrder(cues).map((cue, position) => ({
    media_id: mediaId,
    language,
    position,
    from_ms: cue.fromMs,
    to_ms: cue.toMs,
    text: cue.text,
    searchable: searchable(cue.text),
  }));
  for (const some of inChunks(rows, ROWS_A_STATEMENT)) {
    await trx.insertInto('caption_cue').values(some).execute();
  }
}
