import { data } from '@remix-run/node';
import { z } from 'zod';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { keepMedia } from '~/domain/media/keep-media.server';
import { reuseMedia } from '~/domain/media/reuse-media.server';
import { parseFields, textFields } from '~/web/form.server';
import type { Platform } from '~/web/platform.server';
import type { StructureAnswer } from './structure-answer';

const step = z.object({
  intent: z.enum(['reuse-media', 'keep-media']),
  mediaId: z.string().min(1),
});

/** The author's answer about a video that the organization has already; undefined for any other form. */
export async function answerSameMedia(
  { db, mediaStore, clock }: Pick<Platform, 'db' | 'mediaStore' | 'clock'>,
  viewer: Viewer,
  courseId: string,
  form: FormData,
) {
  const fields = textFields(form);
  if (!step.shape.intent.safeParse(fields.intent).success) return undefined;
  const { intent, mediaId } = parseFields(step, fields);
  const input = { courseId, mediaId, now: clock.now() };
  if (intent === 'reuse-media') await reuseMedia(db, mediaStore, viewer, input);
  else await keepMedia(db, viewer, input);
  const done: StructureAnswer = { intent, errors: {}, stale: undefined };
  return data(done);
}
