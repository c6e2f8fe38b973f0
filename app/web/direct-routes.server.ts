import { createBeatsRoute } from './beats.server';
import { createCaptionsFileRoute } from './captions-file.server';
import { createClockRoute } from './clock.server';
import type { DirectRoute } from './http-server.server';
import { createMediaFilesRoute } from './media-files.server';
import type { Platform } from './platform.server';
import { createUploadsRoute } from './uploads.server';

/** What the server answers before the pages, in the order in which it looks; e2e/access.test.ts walks the same list. */
export function createDirectRoutes(platform: Platform): DirectRoute[] {
  return [
    createBeatsRoute(platform),
    createUploadsRoute(platform),
    createCaptionsFileRoute(platform),
    createMediaFilesRoute(platform),
    createClockRoute(platform),
  ];
}
