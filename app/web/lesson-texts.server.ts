import type { IncomingMessage } from 'node:http';
import { admitToText, type TextAdmission } from '~/domain/lesson-texts/text-admission.server';
import type { DirectRoute } from './http-server.server';
import type { Platform } from './platform.server';
import { createUpgradeRoute } from './upgrade-route.server';
import { createViewerFinder } from './viewer-finder.server';

export const LESSON_TEXTS = {
  name: '/api/lesson-texts/:lessonId',
  match: /^\/api\/lesson-texts\/([^/]+)\/?$/,
};

/** The lesson that a request names. */
export function lessonOf(request: IncomingMessage): string {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  return decodeURIComponent(LESSON_TEXTS.match.exec(path)?.[1] ?? '');
}

/** Lets whoever sends a request into the text it names, or throws why not. */
export function createTextAdmission(platform: Platform) {
  const findPerson = createViewerFinder(platform);
  return async (request: IncomingMessage): Promise<TextAdmission> =>
    admitToText(platform.db, await findPerson(request.headers.cookie), lessonOf(request));
}

/** GET /api/lesson-texts/{lessonId} without a WebSocket. */
export function createLessonTextsRoute(platform: Platform): DirectRoute {
  const admit = createTextAdmission(platform);
  return createUpgradeRoute(LESSON_TEXTS, admit, 'A text is written over a WebSocket.');
}
