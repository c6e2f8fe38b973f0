import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import type { MediaState } from '~db/tables/media';
import type { OrganizationKind } from '~db/tables/organizations';
import { parseRanges, type Range } from '../class-hours/ranges';
import type { Rung } from '../media/quality';
import type { Section } from '../media/sections';
import { NotFound } from '../shared/errors';

/** What the page of one lesson shows beside its place in the outline. */
export interface StudiedLessonPage {
  articleHtml: string;
  producer: { name: string; mark: string; kind: OrganizationKind };
  /** Null while no video is attached. */
  media: {
    id: string;
    state: MediaState;
    durationMs: number;
    /** Bits a second of the sound alone; null where there is none. */
    audioBitrate: number | null;
    /** Whether there are thumbnails along the seek bar. */
    hasPreviews: boolean;
  } | null;
  /** What the picture can be watched in, smallest first; bitrates in bits a second. */
  renditions: Rung[];
  captions: { language: string; label: string }[];
  sections: Section[];
  coverage: Range[];
  spentMs: number;
  maxSpeed: number;
  /** The class counts what is played out of sight. */
  countsHidden: boolean;
  ruleSetName: { zh: string; en: string };
}

const PLAYABLE: readonly MediaState[] = ['playable', 'ready'];

/** Whether a learner can watch it by now. */
export function isPlayable(media: { state: MediaState } | null): boolean {
  return media !== null && PLAYABLE.includes(media.state);
}

/**
 * One lesson of a learner's own class, in the version the class refers to. Throws NotFound for another's
 * enrollment and for a lesson that is not in the class.
 */
export async function getStudiedLesson(
  db: Db,
  wanted: { personId: string; enrollmentId: string; lessonId: string },
): Promise<StudiedLessonPage> {
  const [row] = await findStudiedLesson(db, wanted);
  if (!row) throw new NotFound();
  const { mediaId, state } = row;
  const [renditions, captions, lists] = mediaId
    ? await Promise.all([
        listRenditions(db, { mediaId }),
        listCaptions(db, { mediaId }),
        listSections(db, { mediaId }),
      ])
    : [[], [], []];
  return {
    articleHtml: row.articleHtml,
    producer: { name: row.name, mark: row.mark, kind: row.kind },
    media:
      mediaId && state
        ? {
            id: mediaId,
            state,
            durationMs: row.mediaMs ?? 0,
            audioBitrate: row.audioBitrate,
            hasPreviews: (row.previews ?? 0) > 0,
          }
        : null,
    renditions,
    captions,
    sections: lists[0] ? (JSON.parse(lists[0].sections) as Section[]) : [],
    coverage: row.coverage ? parseRanges(row.coverage) : [],
    spentMs: row.spentMs ?? 0,
    maxSpeed: row.maxSpeedMilli / 1000,
    countsHidden: row.requireVisible === 0,
    ruleSetName: { zh: row.ruleSetName, en: row.ruleSetNameEn },
  };
}

const findStudiedLesson = prepareQuery(
  (db, wanted: { personId: string; enrollmentId: string; lessonId: string }) =>
    db
      .selectFrom('enrollment')
      .innerJoin('training_class', 'training_class.id', 'enrollment.class_id')
      .innerJoin('rule_set_version', 'rule_set_version.id', 'training_class.rule_set_version_id')
      .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
      .innerJoin('class_course', 'class_course.class_id', 'enrollment.class_id')
      .innerJoin('course_version_lesson as lesson', (join) =>
        join
          .onRef('lesson.course_version_id', '=', 'class_course.course_version_id')
          .on('lesson.lesson_id', '=', wanted.lessonId),
      )
      .innerJoin('organization', 'organization.id', 'lesson.producer_organization_id')
      .leftJoin('media', 'media.id', 'lesson.media_id')
      .leftJoin('lesson_total', (join) =>
        join
          .onRef('lesson_total.enrollment_id', '=', 'enrollment.id')
          .onRef('lesson_total.lesson_id', '=', 'lesson.lesson_id'),
      )
      .select([
        'lesson.article_html as articleHtml',
        'organization.name',
        'organization.mark',
        'organization.kind',
        'media.id as mediaId',
        'media.state',
        'media.duration_ms as mediaMs',
        'media.audio_bitrate as audioBitrate',
        'media.previews',
        'lesson_total.coverage',
        'lesson_total.spent_ms as spentMs',
        'rule_set_version.max_speed_milli as maxSpeedMilli',
        'rule_set_version.require_visible as requireVisible',
        'rule_set.name as ruleSetName',
        'rule_set.name_en as ruleSetNameEn',
      ])
      .where('enrollment.id', '=', wanted.enrollmentId)
      .where('enrollment.person_id', '=', wanted.personId)
      .where('enrollment.status', 'in', ['enrolled', 'completed', 'withdrawn']),
);

const listCaptions = prepareQuery((db, asked: { mediaId: string }) =>
  db
    .selectFrom('caption')
    .select(['language', 'label'])
    .where('media_id', '=', asked.mediaId)
    .orderBy('language'),
);

const listRenditions = prepareQuery((db, asked: { mediaId: string }) =>
  db
    .selectFrom('rendition')
    .select(['height', 'bitrate'])
    .where('media_id', '=', asked.mediaId)
    .orderBy('height'),
);

const listSections = prepareQuery((db, asked: { mediaId: string }) =>
  db.selectFrom('section_list').select('sections').where('media_id', '=', asked.mediaId),
);
