import type { Samples } from './stored-world';

/**
 * Who may do what. A cell for each of: nobody, learner, instructor, manager (all of 海岱动力集团), bureau
 * administrator; `own` asks for what is theirs, `foreign` for another organization's. `in` is a redirect
 * to sign in, `ok` an action that was let in: done, or answered about what was sent.
 */
export interface Access {
  /** As in app/routes.ts or the server's own list. */
  path: string;
  get?: Cells;
  actions?: Action[];
  /** The path's parameters that the samples do not name. */
  params?: (samples: AccessSamples) => Record<string, string>;
  search?: string;
}

export interface AccessSamples extends Samples {
  watchSessionId: string;
}

export interface Cells {
  own: string;
  foreign?: string;
}

export interface Action extends Cells {
  does: string;
  method?: 'PATCH' | 'PUT' | 'DELETE' | 'HEAD';
  form?: (samples: AccessSamples) => Record<string, string> | FormData;
  json?: (samples: AccessSamples) => unknown;
  headers?: Record<string, string>;
  /** Or sign-in sessions at most. */
  changesNothing?: true;
}

const everybody = '200 200 200 200 200';
const signedIn = 'in 200 200 200 200';
const letIn = 'ok ok ok ok ok';

export const accessTable: Access[] = [
  { path: '/', get: { own: 'in 302 302 302 302' } },
  {
    path: '/sign-in',
    get: { own: '200 302 302 302 302' },
    actions: [
      {
        does: 'sign in',
        form: () => ({ login: 'worker02', password: 'not the password' }),
        own: '401 401 401 401 401',
        changesNothing: true,
      },
    ],
  },
  {
    path: '/sign-out',
    get: { own: '302 302 302 302 302' },
  },
  { path: '/welcome', get: { own: 'in 302 302 302 302' } },
  {
    path: '/set-up/:token',
    params: () => ({ token: 'no-such-token' }),
    get: { own: '404 404 404 404 404' },
  },
  {
    path: '/locale',
    get: { own: '302 302 302 302 302' },
    actions: [
      { does: 'switch', form: () => ({ locale: 'en', to: '/' }), own: letIn, changesNothing: true },
    ],
  },
  { path: '/account', get: { own: signedIn } },

  {
    path: '/api/session',
    get: { own: '405 405 405 405 405' },
  },
  { path: '/api/me', get: { own: '401 200 200 200 200' } },
  {
    path: '/api/class-hours',
    search: '?by=class',
    get: { own: '401 403 403 200 200' },
  },
  {
    path: '/api/watch-sessions',
    get: { own: '405 405 405 405 405' },
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
    get: { own: '405 405 405 405 405', foreign: '405 405 405 405 405' },
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
    get: { own: '405 405 405 405 405' },
  },
  {
    path: '/api/enrollments/:id/lessons/:lessonId/class-hours',
    params: ({ enrollmentId }) => ({ id: enrollmentId }),
    get: { own: '401 200 404 200 200', foreign: '401 404 404 404 200' },
  },
  {
    path: '/api/*',
    params: () => ({ '*': 'nothing' }),
    get: { own: '404 404 404 404 404' },
  },
  { path: '/*', params: () => ({ '*': 'nothing/here' }), get: { own: '404 404 404 404 404' } },
  { path: '/healthz', get: { own: everybody } },
  { path: '/readyz', get: { own: everybody } },
  { path: '/metrics', get: { own: everybody } },
];
