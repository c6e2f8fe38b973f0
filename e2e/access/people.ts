import {
  signedIn,
  managers,
  managersAction,
  bureau,
  bureauAction,
  rosterForm,
  type Access,
} from './cells';

export const people: Access[] = [
  { path: '/manage/people', get: { own: 'in 403 403 200 200' } },
  {
    path: '/manage/people/new',
    search: ({ organizationId }) => `?organization=${organizationId}`,
    get: managers,
    actions: [
      {
        does: 'add a person',
        form: () => ({ name: '唐新民', userName: 'tangxinmin', role: 'learner' }),
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/people/:personId',
    get: managers,
    actions: [
      {
        does: 'change roles',
        form: ({ organizationId }) => ({
          intent: 'roles',
          organization: organizationId,
          roles: 'learner',
          role: 'mentor',
        }),
        ...managersAction,
      },
      { does: 'issue a code', form: () => ({ intent: 'code' }), ...managersAction },
      {
        does: 'disable',
        form: () => ({ intent: 'disable' }),
        ...managersAction,
      },
      {
        does: 'enable',
        form: () => ({ intent: 'enable' }),
        ...managersAction,
      },
      { does: 'make an administrator', form: () => ({ intent: 'grant' }), ...bureauAction },
      { does: 'end administration', form: () => ({ intent: 'end' }), ...bureauAction },
    ],
  },
  {
    path: '/manage/organizations',
    get: bureau,
    actions: [
      {
        does: 'found an organization',
        form: () => ({ kind: 'enterprise', name: '白浪河机械', mark: '浪', shortCode: 'bailang' }),
        ...bureauAction,
      },
    ],
  },
];

export const rosters: Access[] = [
  {
    path: '/manage/people/roster',
    search: ({ organizationId }) => `?organization=${organizationId}`,
    get: managers,
    actions: [{ does: 'check a roster', form: rosterForm, ...managersAction }],
  },
  {
    path: '/manage/classes/:classId/roster',
    get: managers,
    actions: [{ does: 'check a roster', form: rosterForm, ...managersAction }],
  },
  { path: '/manage/people/roster-template', get: { own: signedIn } },
];
