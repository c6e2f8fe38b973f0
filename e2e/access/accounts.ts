import { PASSWORD } from '../world';
import { signedIn, letIn, nobodyGets, notByGet, type Access } from './cells';

export const accounts: Access[] = [
  { path: '/', get: { own: 'in 302 302 302 302' } },
  {
    path: '/sign-in',
    get: { own: '200 302 302 302 302' },
    actions: [
      {
        does: 'sign in',
        form: () => ({ login: 'worker02', password: PASSWORD }),
        own: 'ok 302 302 302 302',
        changesNothing: true,
      },
    ],
  },
  { path: '/sign-out', get: { own: '302 302 302 302 302' } },
  { path: '/welcome', get: { own: 'in 302 302 302 302' } },
  {
    path: '/set-up/:token',
    params: () => ({ token: 'no-such-token' }),
    get: { own: nobodyGets },
  },
  {
    path: '/locale',
    get: { own: '302 302 302 302 302' },
    actions: [
      { does: 'switch', form: () => ({ locale: 'en', to: '/' }), own: letIn, changesNothing: true },
    ],
  },
  {
    path: '/account',
    get: { own: signedIn },
    actions: [
      {
        does: 'change the password',
        form: () => ({
          current: PASSWORD,
          password: 'another-way-in-7',
          repeated: 'another-way-in-7',
        }),
        own: 'in ok ok ok ok',
      },
    ],
  },
];

/** Last, because it ends what the others need. */
export const leaving: Access[] = [
  {
    path: '/api/session',
    get: { own: notByGet },
    actions: [
      {
        does: 'sign in',
        json: () => ({ login: 'worker02', password: PASSWORD }),
        own: letIn,
        changesNothing: true,
      },
      { does: 'sign out', method: 'DELETE', own: letIn, changesNothing: true },
    ],
  },
];
