import { everybody, nobodyGets, notByGet, file, tus, base64, type Access } from './cells';

const commenters = { own: '401 403 ok ok ok', foreign: '401 404 404 404 ok' };

export const programs: Access[] = [
  { path: '/api/me', get: { own: '401 200 200 200 200' } },
  { path: '/api/class-hours', search: () => '?by=class', get: { own: '401 403 403 200 200' } },
  {
    path: '/api/watch-sessions',
    get: { own: notByGet },
    actions: [
      {
        does: 'open a player',
        json: ({ enrollmentId, lessonId }) => ({ enrollmentId, lessonId }),
        own: '401 ok 404 404 404',
        foreign: '401 404 404 404 404',
      },
    ],
  },
  {
    path: '/api/watch-sessions/:id/beats',
    params: ({ watchSessionId }) => ({ id: watchSessionId }),
    get: { own: notByGet, foreign: notByGet },
    actions: [
      {
        does: 'report a beat',
        json: () => ({
          beats: [
            { seq: 1, wallFromMs: 0, wallToMs: 10, mediaFromMs: 0, mediaToMs: 10, visible: true },
          ],
        }),
        own: '401 ok 404 404 404',
        foreign: '401 404 404 404 404',
      },
    ],
  },
  {
    path: '/api/watch-sessions/:id/presence-checks/:checkId',
    params: ({ watchSessionId }) => ({ id: watchSessionId, checkId: 'no-such-check' }),
    get: { own: notByGet },
  },
  {
    path: '/api/enrollments/:id/lessons/:lessonId/class-hours',
    params: ({ enrollmentId }) => ({ id: enrollmentId }),
    get: { own: '401 200 404 200 200', foreign: '401 404 404 404 200' },
  },
  {
    path: '/api/media/:id',
    params: ({ mediaId }) => ({ id: mediaId }),
    get: { own: '401 200 200 200 200', foreign: '401 404 404 404 200' },
    actions: [
      {
        // A lesson shows it, so that even its authors are told no.
        does: 'take it away',
        method: 'DELETE',
        changesNothing: true,
        own: '401 403 ok 403 403',
        foreign: '401 404 404 404 403',
      },
    ],
  },
  {
    path: '/api/media/:id/captions',
    params: ({ mediaId }) => ({ id: mediaId }),
    get: { own: notByGet },
    actions: [
      {
        does: 'add captions',
        form: () =>
          file('a.vtt', 'WEBVTT\n\n00:00.000 --> 00:02.000\n先断电\n', 'text/vtt', {
            language: 'en',
          }),
        own: '401 403 ok 403 403',
        foreign: '401 404 404 404 403',
      },
    ],
  },
  {
    path: '/api/uploads',
    get: { own: '401 405 405 405 405' },
    actions: [
      {
        does: 'begin an upload',
        headers: ({ courseId }) => ({
          ...tus,
          'upload-length': '9',
          'upload-metadata': `filename ${base64('a.mp4')},courseId ${base64(courseId)}`,
        }),
        own: '401 403 ok 403 403',
        foreign: '401 404 404 404 403',
      },
    ],
  },
  {
    path: '/api/uploads/:uploadId',
    get: { own: '401 405 405 405 405', foreign: '401 405 405 405 405' },
    actions: [
      {
        does: 'ask how far it is',
        method: 'HEAD',
        headers: () => tus,
        own: '401 404 ok 404 404',
        foreign: '401 404 404 404 404',
        changesNothing: true,
      },
      {
        does: 'give it up',
        method: 'DELETE',
        headers: () => tus,
        own: '401 404 ok 404 404',
        foreign: '401 404 404 404 404',
      },
    ],
  },
  {
    path: '/api/lesson-files',
    search: ({ lessonId }) => `?lessonId=${lessonId}&name=a.txt`,
    get: { own: notByGet },
    actions: [
      {
        // Whatever the body is, it is the file.
        does: 'add a file to a text',
        form: () => file('a.txt', '先断电', 'text/plain'),
        own: '401 403 ok 403 403',
        foreign: '401 404 404 404 403',
      },
    ],
  },
  {
    path: '/lesson-files/:fileId',
    params: () => ({ fileId: '00000000-0000-7000-8000-000000000000' }),
    get: { own: '401 404 404 404 404' },
  },
  {
    path: '/api/lesson-texts/:lessonId',
    get: { own: '401 403 426 426 426', foreign: '401 404 404 404 426' },
    socket: { own: '401 403 101 101 101', foreign: '401 404 404 404 101' },
  },
  {
    path: '/api/course-drafts/:courseId',
    get: { own: '401 403 426 426 426', foreign: '401 404 404 404 426' },
    socket: { own: '401 403 101 101 101', foreign: '401 404 404 404 101' },
  },
  {
    path: '/api/lessons/:lessonId/comments',
    get: { own: '401 403 200 200 200', foreign: '401 404 404 404 200' },
    actions: [
      {
        does: 'say something about the lesson',
        json: () => ({ anchor: { kind: 'lesson' }, body: '讲得清楚。' }),
        ...commenters,
      },
    ],
  },
  {
    path: '/api/comment-threads/:id/replies',
    params: ({ threadId }) => ({ id: threadId }),
    get: { own: notByGet, foreign: notByGet },
    actions: [{ does: 'reply', json: () => ({ body: '同意。' }), ...commenters }],
  },
  {
    path: '/api/comment-threads/:id/resolution',
    params: ({ threadId }) => ({ id: threadId }),
    get: { own: notByGet, foreign: notByGet },
    actions: [{ does: 'resolve', method: 'PUT', json: () => ({ resolved: true }), ...commenters }],
  },
  {
    path: '/api/comment-threads/:id/decision',
    params: ({ suggestionId }) => ({ id: suggestionId }),
    get: { own: notByGet, foreign: notByGet },
    actions: [
      {
        does: 'decide a suggestion',
        json: () => ({ outcome: 'rejected' }),
        own: '401 403 ok 403 403',
        foreign: '401 404 404 404 403',
      },
    ],
  },
  {
    path: '/api/comments/:id',
    params: ({ commentId }) => ({ id: commentId }),
    get: { own: notByGet, foreign: notByGet },
    actions: [
      {
        does: 'take back a comment',
        method: 'DELETE',
        own: '401 403 ok 403 403',
        foreign: '401 404 404 404 403',
      },
    ],
  },
  {
    path: '/media/:mediaId/*',
    params: () => ({ '*': 'master.m3u8' }),
    get: { own: '401 200 200 200 200', foreign: '401 404 404 404 200' },
  },
  {
    path: '/media/:mediaId/captions.:language.vtt',
    params: () => ({ language: 'zh' }),
    get: { own: '401 200 200 200 200', foreign: '401 404 404 404 200' },
  },
  // Time runs by itself here; e2e/clock.test.ts drives it.
  { path: '/api/clock', get: { own: nobodyGets } },
  { path: '/api/*', params: () => ({ '*': 'nothing' }), get: { own: nobodyGets } },
  { path: '/*', params: () => ({ '*': 'nothing/here' }), get: { own: nobodyGets } },
  { path: '/healthz', get: { own: everybody } },
  { path: '/readyz', get: { own: everybody } },
  { path: '/metrics', get: { own: everybody } },
];
