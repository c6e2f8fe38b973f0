import { signedIn, learnersOwn, learnersAction, type Access } from './cells';

export const learners: Access[] = [
  {
    path: '/learn',
    get: { own: signedIn },
    actions: [
      {
        does: 'put a message away',
        form: ({ messageId }) => ({ messageId }),
        ...learnersAction,
      },
    ],
  },
  { path: '/learn/classes', get: { own: signedIn } },
  { path: '/learn/classes/:enrollmentId', get: learnersOwn },
  {
    path: '/learn/classes/:enrollmentId/captions',
    search: () => '?words=%E5%85%88',
    get: learnersOwn,
  },
  {
    path: '/learn/classes/:enrollmentId/lessons/:lessonId',
    get: learnersOwn,
    actions: [
      {
        does: 'finish an article',
        params: ({ articleLessonId }) => ({ lessonId: articleLessonId }),
        form: () => ({}),
        ...learnersAction,
      },
    ],
  },
  {
    path: '/learn/classes/:enrollmentId/lessons/:lessonId/class-hours',
    get: learnersOwn,
    actions: [
      {
        does: 'appeal without a word',
        form: () => ({ day: '', text: '' }),
        ...learnersAction,
        changesNothing: true,
      },
      {
        does: 'appeal about a day',
        form: () => ({ day: '2026-01-01', text: '那天停电。' }),
        ...learnersAction,
      },
    ],
  },
];
