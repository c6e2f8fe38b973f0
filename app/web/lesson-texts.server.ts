import type { IncomingMessage } from 'node:http';
import { findViewer, type Viewer } from '~/domain/accounts/viewer.server';
import { admitToText } from '~/domain/lesson-texts/text-admission.server';
import { NotSignedIn } from '~/domain/shared/errors';
import { privacy } from '~/i18n/privacy';
import { problem } from './api.server';
import { sendProblem } from './direct-problem.server';
import type { DirectRoute } from './http-server.server';
import type { Platform } from './platform.server';
import { createSignInCache } from './sign-in-cache.server';

export const LESSON_TEXTS = {
  name: '/api/lesson-texts/:lessonId',
  match: /^\/api\/lesson-texts\/([^/]+)\/?$/,
};

/** The lesson that a request names. */
export function lessonOf(request: IncomingMessage): string {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  return decodeURIComponent(LESSON_TEXTS.match.exec(path)?.[1] ?? '');
}

/** Who sends a request with these cookies, with their roles as they are now; NotSignedIn for nobody. */
export function createViewerFinder({ db, clock }: Pick<Platform, 'db' | 'clock'>) {
  const signIns = createSignInCache(db, clock);
  return async (cookies: string | undefined): Promise<Viewer> => {
    const personId = await signIns.findPerson(cookies);
    const viewer = personId && (await findViewer(db, personId, privacy.version));
    if (!viewer) throw new NotSignedIn();
    return viewer;
  };
}

/**
 * GET /api/lesson-texts/{lessonId} without a WebSocket: 426 for those who would be let in, so that a
 * browser whose connection is refused, and that is not told why, can ask.
 */
export function createLessonTextsRoute(platform: Platform): DirectRoute {
  const findPerson = createViewerFinder(platform);
  const refuse = async (request: IncomingMessage): Promise<never> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw problem(405, 'method-not-allowed', 'Use GET.', { headers: { allow: 'GET, HEAD' } });
    }
    const viewer = await findPerson(request.headers.cookie);
    await admitToText(platform.db, viewer, lessonOf(request));
    throw problem(426, 'upgrade-required', 'A text is written over a WebSocket.', {
      headers: { upgrade: 'websocket' },
    });
  };
  return {
    ...LESSON_TEXTS,
    handle: async (request, response) => {
      try {
        await refuse(request);
      } catch (error) {
        await sendProblem(request, response, error);
      }
    },
  };
}
