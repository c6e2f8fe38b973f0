import {
  everybody,
  signedIn,
  courseReaders,
  authorsAction,
  teacherForm,
  type Access,
} from './cells';

export const courses: Access[] = [
  { path: '/catalog', get: { own: everybody } },
  { path: '/catalog/courses/:courseId', get: { own: everybody, foreign: everybody } },
  { path: '/catalog/classes', get: { own: everybody } },
  {
    path: '/catalog/classes/:classId',
    // The class of 海岱动力集团 takes no applications; that of 虞河技工学校 does, from anybody.
    get: { own: '404 200 404 404 404', foreign: everybody },
    actions: [
      {
        does: 'apply',
        form: () => ({ apply: 'yes' }),
        own: 'in ok 404 404 404',
        foreign: 'in ok ok ok ok',
      },
    ],
  },
  { path: '/teach/courses', get: { own: signedIn } },
  { path: '/teach/waiting', get: { own: signedIn } },
  {
    path: '/teach/courses/new',
    get: { own: 'in 403 200 403 403' },
    actions: [
      {
        does: 'create a course',
        form: ({ organizationId }) => ({
          organizationId,
          leadOrganizationId: organizationId,
          title: '缸盖装配',
          occupation: '柴油机装调工',
          level: 'junior',
          summary: '',
          cover: 'engine',
        }),
        own: 'in 403 ok 403 404',
        foreign: 'in 404 404 404 404',
      },
    ],
  },
  {
    path: '/teach/courses/:courseId',
    // Settings are the lead organization's, which is 鸢都技师学院.
    logins: { instructor: 'teacher01', manager: 'manager01' },
    get: courseReaders,
    actions: [
      {
        does: 'add a chapter',
        form: teacherForm({ intent: 'add-chapter', title: '装配' }),
        ...authorsAction,
      },
      {
        does: 'move a chapter',
        form: ({ chapterId }) => ({ intent: 'move-chapter', chapterId, placeVersion: '1' }),
        ...authorsAction,
      },
      {
        does: 'save the settings',
        search: '?index',
        form: teacherForm({
          title: '柴油机装调',
          occupation: '柴油机装调工',
          level: 'junior',
          summary: '',
          cover: 'engine',
          version: '1',
        }),
        ...authorsAction,
      },
    ],
  },
  {
    path: '/teach/courses/:courseId/chapters/:chapterId',
    // 鸢都技师学院 makes the chapter: its authors open it, and give it away.
    logins: { instructor: 'teacher01', manager: 'manager01' },
    get: courseReaders,
    actions: [
      { does: 'leave it to its producer', form: () => ({ intent: 'close' }), ...authorsAction },
      { does: 'open it to partners', form: () => ({ intent: 'open' }), ...authorsAction },
      {
        does: 'rename it',
        form: ({ organizationId }) => ({
          version: '1',
          title: '安全',
          producerOrganizationId: organizationId,
        }),
        ...authorsAction,
      },
    ],
  },
  {
    path: '/teach/courses/:courseId/lessons/:lessonId',
    // 鸢都技师学院 makes the lesson: only its authors give it to a colleague elsewhere.
    logins: { instructor: 'teacher01', manager: 'manager01' },
    get: courseReaders,
    actions: [
      {
        does: 'write it',
        form: ({ authorId }) => ({ version: '1', title: '安全六条', authorId }),
        ...authorsAction,
      },
      {
        does: 'give it a film',
        form: ({ mediaId }) => ({ intent: 'attach-media', version: '2', mediaId }),
        ...authorsAction,
      },
      {
        // The demo films come with one still.
        does: 'choose a poster',
        form: ({ mediaId }) => ({ intent: 'choose-poster', mediaId, poster: '1' }),
        changesNothing: true,
        ...authorsAction,
      },
    ],
  },
  {
    path: '/teach/courses/:courseId/lessons/:lessonId/video/:mediaId',
    params: ({ otherMediaId }) => ({ mediaId: otherMediaId }),
    get: courseReaders,
    actions: [
      {
        does: 'make it a lesson of its own',
        form: () => ({ choice: 'add', version: '1' }),
        ...authorsAction,
      },
    ],
  },
  {
    path: '/teach/courses/:courseId/lessons/:lessonId/captions',
    get: courseReaders,
    actions: [
      {
        does: 'write captions',
        form: () => ({
          language: 'vi',
          version: '0',
          cues: JSON.stringify([{ fromMs: 0, toMs: 1000, text: 'Ngắt điện' }]),
        }),
        ...authorsAction,
      },
    ],
  },
  {
    path: '/teach/courses/:courseId/lessons/:lessonId/sections',
    get: courseReaders,
    actions: [
      {
        does: 'write sections',
        form: () => ({ version: '0', text: '0:00 准备' }),
        ...authorsAction,
      },
    ],
  },
  {
    path: '/teach/courses/:courseId/publication',
    get: courseReaders,
    actions: [
      {
        does: 'publish',
        form: ({ requestId }) => ({ intent: 'publish', requestId }),
        ...authorsAction,
      },
      {
        does: 'freeze a candidate',
        form: () => ({ intent: 'request', note: '按教学计划发布' }),
        ...authorsAction,
      },
      {
        does: 'have its links checked',
        form: () => ({ intent: 'check-links' }),
        ...authorsAction,
        // But the queue, in which work comes and goes.
        changesNothing: true,
      },
    ],
  },
  { path: '/teach/courses/:courseId/history', get: courseReaders },
  {
    path: '/teach/courses/:courseId/history/:revisionId',
    get: courseReaders,
    params: ({ revisionId }) => ({ revisionId }),
    actions: [
      { does: 'name a state', form: () => ({ intent: 'name', name: '开学前' }), ...authorsAction },
      {
        does: 'restore a lesson',
        form: () => ({ intent: 'restore-lesson' }),
        ...authorsAction,
      },
    ],
  },
  { path: '/teach/courses/:courseId/versions/:number', get: courseReaders },
];

/** Last of all, for the partner leaves. */
export const partnerships: Access[] = [
  { path: '/manage/partnerships', get: { own: 'in 403 403 200 200' } },
  {
    path: '/manage/partnerships/:courseId',
    // The course is led by 鸢都技师学院.
    logins: { instructor: 'teacher01', manager: 'manager01' },
    get: courseReaders,
    actions: [
      {
        does: 'invite a partner',
        form: ({ strangerOrganizationId }) => ({
          intent: 'invite',
          organizationId: strangerOrganizationId,
        }),
        own: 'in 403 403 ok 403',
        foreign: 'in 404 404 404 403',
      },
      {
        does: 'end a partnership',
        form: ({ organizationId }) => ({ intent: 'end', organizationId }),
        own: 'in 403 403 ok 403',
        foreign: 'in 404 404 404 404',
      },
    ],
  },
];
