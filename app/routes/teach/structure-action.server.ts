import { data, redirect } from '@remix-run/node';
import { z } from 'zod';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { addChapter } from '~/domain/courses/add-chapter.server';
import { addLessons } from '~/domain/courses/add-lessons.server';
import { addLesson } from '~/domain/courses/add-lesson.server';
import { newLesson, oneLine, titleLength } from '~/domain/courses/course-settings';
import { moveChapter } from '~/domain/courses/move-chapter.server';
import { MoveConflict } from '~/domain/courses/move-conflict.server';
import { moveLesson } from '~/domain/courses/move-lesson.server';
import { removeChapter } from '~/domain/courses/remove-chapter.server';
import { removeLesson } from '~/domain/courses/remove-lesson.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { Invalid } from '~/domain/shared/errors';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import type { Db } from '~db/client.server';
import type { StructureAnswer } from './structure-answer';

const seen = z.object({ version: z.coerce.number().int().positive() });
const neighbour = z
  .string()
  .default('')
  .transform((id) => id || null);
const placed = z.object({
  after: neighbour,
  before: neighbour,
  placeVersion: z.coerce.number().int().positive(),
});
const MOST_LESSONS = 100;
const titleList = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'required' });
      return z.NEVER;
    }
  })
  .pipe(z.array(oneLine(titleLength)).min(1, 'required').max(MOST_LESSONS, 'tooLong'));
const structureStep = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('leave-as-is') }),
  z.object({ intent: z.literal('add-chapter'), title: oneLine(titleLength) }),
  newLesson.extend({ intent: z.literal('add-lesson') }),
  z.object({
    intent: z.literal('add-lessons'),
    chapterId: z.string().min(1, 'required'),
    titles: titleList,
  }),
  placed.extend({ intent: z.literal('move-chapter'), chapterId: z.string() }),
  placed.extend({ intent: z.literal('move-lesson'), lessonId: z.string(), chapterId: z.string() }),
  seen.extend({ intent: z.literal('remove-chapter'), chapterId: z.string() }),
  seen.extend({ intent: z.literal('remove-lesson'), lessonId: z.string() }),
]);

/** One step of adding, moving or removing, as the forms of the tree send it. */
export async function changeContents(
  db: Db,
  viewer: Viewer,
  courseId: string,
  form: FormData,
  now: number,
) {
  const fields = textFields(form);
  const intent = fields.intent ?? '';
  try {
    const step = parseFields(structureStep, fields);
    const at = { courseId, now };
    switch (step.intent) {
      case 'add-chapter': {
        const { chapterId } = await addChapter(db, viewer, { ...at, title: step.title });
        return redirect(`/teach/courses/${courseId}/chapters/${chapterId}`);
      }
      case 'add-lesson': {
        const { lessonId } = await addLesson(db, viewer, { ...at, lesson: step });
        return redirect(`/teach/courses/${courseId}/lessons/${lessonId}`);
      }
      case 'add-lessons': {
        const { chapterId, titles } = step;
        const wanted = { ...at, chapterId, kind: 'video' as const, titles };
        const { lessonIds } = await addLessons(db, viewer, wanted);
        const added: StructureAnswer = { intent, errors: {}, stale: undefined, lessonIds };
        return data(added);
      }
      case 'move-chapter':
        await moveChapter(db, viewer, { ...at, ...step, place: step });
        break;
      case 'move-lesson':
        await moveLesson(db, viewer, { ...at, ...step, place: step });
        break;
      case 'remove-chapter':
        await removeChapter(db, viewer, { ...at, ...step });
        return redirect(`/teach/courses/${courseId}`);
      case 'remove-lesson':
        await removeLesson(db, viewer, { ...at, ...step });
        return redirect(`/teach/courses/${courseId}`);
    }
    const movedId = fields.lessonId ?? fields.chapterId;
    const done: StructureAnswer = { intent, errors: {}, stale: undefined };
    return data(intent === 'leave-as-is' || !movedId ? done : { ...done, movedId });
  } catch (error) {
    if (error instanceof Invalid) {
      const refused: StructureAnswer = { intent, errors: fieldErrors(error), stale: undefined };
      return data(refused, { status: 422 });
    }
    if (error instanceof MoveConflict) {
      const { changedBy, changedAt, current } = error;
      const conflict = { ...current, changedBy, changedAt, wanted: fields };
      const refused: StructureAnswer = { intent, errors: {}, stale: undefined, conflict };
      return data(refused, { status: 409 });
    }
    if (!(error instanceof StaleSave)) throw error;
    const { changedBy, changedAt } = error;
    const stale = { changedBy, changedAt: changedAt ?? now };
    const refused: StructureAnswer = { intent, errors: {}, stale };
    return data(refused, { status: 409 });
  }
}
