import type { AppLoadContext } from '@remix-run/node';
import { z } from 'zod';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { attachMedia } from '~/domain/courses/attach-media.server';
import { lessonFields } from '~/domain/courses/course-settings';
import { getLessonDraft, type LessonDraft } from '~/domain/courses/lesson-draft.server';
import { saveLesson } from '~/domain/courses/save-lesson.server';
import type { StaleSave } from '~/domain/courses/stale-save';
import { requireAuthor } from '~/domain/co-authoring/course-reach.server';
import { choosePoster } from '~/domain/media/choose-poster.server';
import { parseFields, type FieldErrors } from '~/web/form.server';

const seen = z.object({ version: z.coerce.number().int().positive() });
const textForm = lessonFields.extend(seen.shape);
const posterForm = z.object({
  mediaId: z.string().min(1, 'required'),
  poster: z.coerce.number().int().positive(),
});
const videoForm = seen.extend({ mediaId: z.string().min(1, 'required') });

/** What the lesson's page shows after a save. */
export interface LessonAnswer {
  saved: boolean;
  /** The version that a save made. */
  version?: number;
  errors: FieldErrors;
  values: Record<string, string>;
  conflict?: {
    current: LessonDraft;
    mine: { title: string; authorId: string; plannedMinutes: number | null };
    changedBy: string | null;
    changedAt: number;
  };
}

/** Saves what one of the lesson's forms sent: its title, author and planned length, another video, or another poster. */
export async function saveLessonForm(
  { db, mediaStore }: Pick<AppLoadContext, 'db' | 'mediaStore'>,
  viewer: Viewer,
  input: { courseId: string; lessonId: string; fields: Record<string, string>; now: number },
): Promise<{ version?: number }> {
  const { courseId, lessonId, fields, now } = input;
  if (fields.intent === 'choose-poster') {
    const chosen = parseFields(posterForm, fields);
    await choosePoster(db, mediaStore, viewer, { courseId, ...chosen, now });
    return {};
  }
  if (fields.intent === 'attach-media') {
    const { mediaId, version } = parseFields(videoForm, fields);
    await requireAuthor(db, viewer, courseId);
    await getLessonDraft(db, courseId, lessonId);
    return attachMedia(db, viewer, { lessonId, mediaId, version, now });
  }
  const { version, ...text } = parseFields(textForm, fields);
  return saveLesson(db, viewer, { courseId, lessonId, version, fields: text, now });
}

/** Both sides of a stale save. */
export function conflictOf(
  error: StaleSave<unknown>,
  fields: Record<string, string>,
  now: number,
): LessonAnswer['conflict'] {
  const { title = '', authorId = '', plannedMinutes } = fields;
  return {
    current: error.current as LessonDraft,
    mine: { title, authorId, plannedMinutes: Number(plannedMinutes) || null },
    changedBy: error.changedBy,
    changedAt: error.changedAt ?? now,
  };
}
