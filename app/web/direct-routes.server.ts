import { createBeatsRoute } from './beats.server';
import { createCaptionsFileRoute } from './captions-file.server';
import { createClockRoute } from './clock.server';
import { createCourseDraftSockets } from './course-draft-sockets.server';
import { createCourseDraftsRoute } from './course-drafts.server';
import type { DirectRoute, SocketRoute } from './http-server.server';
import { createLessonFileRoute, createLessonFilesRoute } from './lesson-files.server';
import { createLessonTextSockets } from './lesson-text-sockets.server';
import { createLessonTextsRoute } from './lesson-texts.server';
import { createMediaFilesRoute } from './media-files.server';
import type { Platform } from './platform.server';
import { createUploadsRoute } from './uploads.server';

/** What the server answers before the pages, in the order in which it looks; e2e/access.test.ts walks the same list. */
export function createDirectRoutes(platform: Platform): DirectRoute[] {
  return [
    createBeatsRoute(platform),
    createUploadsRoute(platform),
    createLessonTextsRoute(platform),
    createCourseDraftsRoute(platform),
    createLessonFilesRoute(platform),
    createLessonFileRoute(platform),
    createCaptionsFileRoute(platform),
    createMediaFilesRoute(platform),
    createClockRoute(platform),
  ];
}

/** What the server answers over WebSockets; e2e/access.test.ts walks the same list. */
export function createSocketRoutes(platform: Platform): SocketRoute[] {
  return [createLessonTextSockets(platform), createCourseDraftSockets(platform)];
}
