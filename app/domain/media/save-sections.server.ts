import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { StaleSave } from '../courses/stale-save';
import { Invalid } from '../shared/errors';
import { requireCaptionedMedia } from './save-captions.server';
import { parseSections, type Section } from './sections';

export interface SectionList {
  sections: Section[];
  /** 0 while there were never any. */
  version: number;
  changedBy: string | null;
  changedAt: number | null;
}

/** The sections of a video, by time. Check the caller's reach to the video before. */
export async function getSections(db: Db | Trx, mediaId: string): Promise<SectionList> {
  const row = await db
    .selectFrom('section_list')
    .innerJoin('person', 'person.id', 'section_list.changed_by')
    .select(['sections', 'section_list.version', 'section_list.changed_at', 'person.name'])
    .where('media_id', '=', mediaId)
    .executeTakeFirst();
  return {
    sections: row ? (JSON.parse(row.sections) as Section[]) : [],
    version: row?.version ?? 0,
    changedBy: row?.name ?? null,
    changedAt: row?.changed_at ?? null,
  };
}

/**
 * Saves the sections of a video as its author wrote them, based on the version that was seen; an empty text removes
 * them. Invalid with a pointer to each faulty line; StaleSave with the stored ones when somebody saved since.
 */
export async function saveSections(
  db: Db,
  actor: Actor,
  input: { mediaId: string; text: string; version: number; now: number },
): Promise<{ version: number }> {
  const { mediaId, text, version, now } = input;
  const { durationMs } = await requireCaptionedMedia(db, actor, mediaId);
  const { sections, faults } = parseSections(text, durationMs);
  if (faults.length > 0) {
    throw new Invalid(faults.map(({ line, fault }) => ({ pointer: `/${line}`, message: fault })));
  }
  const saved = { changed_by: actor.personId, changed_at: now, sections: JSON.stringify(sections) };
  return db.transaction().execute(async (trx) => {
    const first = await trx
      .insertInto('section_list')
      .values({ media_id: mediaId, version: 1, ...saved })
      .onConflict((oc) => oc.column('media_id').doNothing())
      .executeTakeFirst();
    const isNew = (first.numInsertedOrUpdatedRows ?? 0n) > 0n;
    if (isNew && version === 0) return { version: 1 };
    const moved = await trx
      .updateTable('section_list')
      .set({ ...saved, version: version + 1 })
      .where('media_id', '=', mediaId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (isNew || moved.numUpdatedRows === 0n) {
      const current = await getSections(trx, mediaId);
      const { changedBy, changedAt } = current;
      throw new StaleSave({ current, changedBy, changedAt });
    }
    return { version: version + 1 };
  });
}
