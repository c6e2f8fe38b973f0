import {
  bureau,
  bureauAction,
  managers,
  managersAction,
  type Access,
  type AccessSamples,
} from './cells';

const classForm = ({ organizationId, courseId, ruleSetVersionId }: AccessSamples) => ({
  organizationId,
  title: '柴油机装调工（中级）冬季 1 班',
  startsOn: '2031-01-06',
  endsOn: '2031-03-06',
  capacity: '30',
  required: '2',
  ruleSetVersionId,
  courseIds: courseId,
});

const list = { own: 'in 403 403 200 200' };

// Whose records one may not read do not exist for one.
const records = { own: 'in 404 404 200 200', foreign: 'in 404 404 404 200' };

const rules = {
  minutesPerClassHour: '45',
  maxSpeed: '1.5',
  dailyCap: '6',
  requireVisible: 'on',
  offlineMinutes: '30',
};

export const ruleSets: Access[] = [
  { path: '/manage/rule-sets', get: list },
  {
    path: '/manage/rule-sets/new',
    get: bureau,
    actions: [
      {
        does: 'make a rule set',
        form: () => ({ name: '冬季规则', nameEn: 'Winter rules', ...rules }),
        ...bureauAction,
      },
    ],
  },
  {
    path: '/manage/rule-sets/:ruleSetId',
    get: list,
    actions: [
      { does: 'publish a version', form: () => ({ newest: '1', ...rules }), ...bureauAction },
    ],
  },
];

export const classes: Access[] = [
  { path: '/manage/classes', get: list },
  {
    path: '/manage/classes/new',
    search: ({ organizationId }) => `?organizationId=${organizationId}`,
    get: { own: 'in 404 404 200 200', foreign: 'in 404 404 404 200' },
    actions: [
      {
        does: 'open a class',
        form: classForm,
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/classes/:classId',
    get: managers,
    actions: [
      {
        does: 'send a message',
        search: '?index',
        form: ({ enrollmentId }) => ({ enrollmentIds: enrollmentId, body: '周五前看完第二章。' }),
        ...managersAction,
      },
      {
        does: 'withdraw a learner',
        search: '?index',
        form: ({ enrollmentId }) => ({ withdraw: enrollmentId }),
        ...managersAction,
      },
      {
        does: 'take the learner back',
        search: '?index',
        form: ({ enrollmentId }) => ({ restore: enrollmentId }),
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/classes/:classId/applications',
    get: managers,
    actions: [
      {
        does: 'enrol a person',
        form: ({ elsewhereId }) => ({ intent: 'add', personIds: elsewhereId }),
        ...managersAction,
      },
      {
        does: 'reject an application',
        form: ({ applicationId }) => ({ reject: applicationId, name: '' }),
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/classes/:classId/courses/:courseId',
    get: managers,
    actions: [
      {
        does: 'move a course to its newest version',
        form: () => ({ version: '1' }),
        own: managersAction.own,
        // There is no newer version of the course there.
        foreign: 'in 404 404 404 404',
      },
    ],
  },
  {
    path: '/manage/classes/:classId/settings',
    get: managers,
    actions: [
      {
        does: 'change the class',
        form: (samples) => ({ ...classForm(samples), startsOn: '2025-01-01', version: '2' }),
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/classes/:classId/signals',
    get: managers,
    actions: [
      {
        does: 'look through the learners again',
        form: () => ({ intent: 'refresh' }),
        ...managersAction,
        changesNothing: true,
      },
      {
        does: 'note what was found, without a word',
        form: () => ({ intent: 'note', found: '' }),
        ...managersAction,
        changesNothing: true,
      },
    ],
  },
  { path: '/manage/classes/:classId/appeals', get: managers },
  {
    path: '/manage/classes/:classId/appeals/:appealId',
    get: managers,
    actions: [
      {
        does: 'answer without a reason',
        form: () => ({ decision: 'declined', reason: '' }),
        ...managersAction,
        changesNothing: true,
      },
      {
        does: 'answer an appeal',
        form: () => ({ decision: 'declined', reason: '那段没有播放。' }),
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/classes/:classId/rules',
    get: managers,
    actions: [
      {
        does: 'ask what other rules would change',
        form: () => ({ intent: 'ask', versionId: 'none', fromDay: '2031-01-07' }),
        ...managersAction,
        changesNothing: true,
      },
    ],
  },
  // Nobody has asked for a what-if.
  {
    path: '/manage/classes/:classId/rules/export',
    get: { own: 'in 403 403 404 404', foreign: 'in 404 404 404 404' },
  },
  {
    path: '/manage/classes/:classId/settlements',
    get: managers,
    actions: [
      {
        does: 'settle days',
        form: ({ settleDay }) => ({ toDay: settleDay, number: '2', totalMs: '0', note: '' }),
        ...managersAction,
      },
    ],
  },
  {
    path: '/manage/classes/:classId/settlements/:number',
    params: () => ({ number: '1' }),
    get: managers,
  },
  {
    path: '/manage/classes/:classId/settlements/:number/export',
    params: () => ({ number: '1' }),
    get: managers,
    audited: true,
  },
  { path: '/manage/classes/export', get: list, audited: true },
  { path: '/manage/classes/:classId/export', get: managers, audited: true },
  { path: '/manage/classes/:classId/signals/export', get: managers, audited: true },
  { path: '/manage/class-hours', get: list },
  { path: '/manage/class-hours/enrollments/:enrollmentId', get: records },
  {
    path: '/manage/class-hours/enrollments/:enrollmentId/lessons/:lessonId',
    get: records,
    actions: [
      {
        does: 'correct class hours without a reason',
        form: () => ({ day: '2026-01-01', time: '1', reason: '' }),
        own: 'in 404 404 ok ok',
        foreign: 'in 404 404 404 ok',
        changesNothing: true,
      },
    ],
  },
  { path: '/manage/class-hours/export', get: list, audited: true },
  { path: '/manage/attribution', get: list },
  { path: '/manage/attribution/export', get: list, audited: true },
  { path: '/manage/audit', get: bureau },
];
