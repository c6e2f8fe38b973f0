import type { IncomingMessage } from 'node:http';
import { admitToDraft, type DraftAdmission } from '~/domain/course-drafts/draft-admission.server';
import type { DirectRoute } from './http-server.server';
import type { Platform } from './platform.server';
import { createUpgradeRoute } from './upgrade-route.server';
import { createViewerFinder } from './viewer-finder.server';

export const COURSE_DRAFTS = {
  name: '/api/course-drafts/:courseId',
  match: /^\/api\/course-drafts\/([^/]+)\/?$/,
};

/** The course that a request names. */
export function courseOf(request: IncomingMessage): string {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  return decodeURIComponent(COURSE_DRAFTS.match.exec(path)?.[1] ?? '');
}

/** Lets whoever sends a request into the draft it names, or throws why not. */
export function createDraftAdmission(platform: Platform) {
  const findPerson = createViewerFinder(platform);
  return async (request: IncomingMessage): Promise<DraftAdmission> =>
    admitToDraft(platform.db, await findPerson(request.headers.cookie), courseOf(request));
}

/** GET /api/course-drafts/{courseId} without a WebSocket. */
export function createCourseDraftsRoute(platform: Platform): DirectRoute {
  const admit = createDraftAdmission(platform);
  return createUpgradeRoute(COURSE_DRAFTS, admit, 'A draft is followed over a WebSocket.');
}
