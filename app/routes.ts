import { index, layout, route, type RouteConfig } from '@remix-run/route-config';

/** The sitemap: URL -> file, grouped by who uses it. */
export default [
  // Everybody
  index('routes/home.tsx'),
  route('sign-in', 'routes/account/sign-in.tsx'),
  route('sign-out', 'routes/account/sign-out.tsx'),
  route('welcome', 'routes/account/welcome.tsx'),
  route('set-up/:token', 'routes/account/set-up.tsx'),
  route('locale', 'routes/account/locale.tsx'),

  // Anybody: courses, classes, the own account; with the learner's tabs for learners
  layout('routes/catalog/layout.tsx', [
    route('account', 'routes/account/account.tsx'),
    route('catalog', 'routes/catalog/courses.tsx'),
    route('catalog/classes', 'routes/catalog/classes/open-classes.tsx'),
    route('catalog/classes/:classId', 'routes/catalog/classes/open-class.tsx'),
    route('catalog/courses/:courseId', 'routes/catalog/course.tsx'),
  ]),

  // Learners
  layout('routes/learn/layout.tsx', [
    route('learn', 'routes/learn/home.tsx'),
    route('learn/classes', 'routes/learn/classes.tsx'),
    route('learn/classes/:enrollmentId', 'routes/learn/outline.tsx'),
    route('learn/classes/:enrollmentId/captions', 'routes/learn/captions.tsx'),
    route('learn/classes/:enrollmentId/lessons/:lessonId', 'routes/learn/lesson.tsx'),
    route(
      'learn/classes/:enrollmentId/lessons/:lessonId/class-hours',
      'routes/learn/class-hours.tsx',
    ),
  ]),

  // Instructors
  layout('routes/teach/layout.tsx', [
    route('teach/courses', 'routes/teach/courses.tsx'),
    route('teach/waiting', 'routes/teach/waiting.tsx'),
    route('teach/courses/new', 'routes/teach/new-course.tsx'),
    route('teach/courses/:courseId', 'routes/teach/editor.tsx', [
      index('routes/teach/overview.tsx'),
      route('chapters/:chapterId', 'routes/teach/chapter.tsx'),
      route('lessons/:lessonId', 'routes/teach/lesson.tsx'),
      route('lessons/:lessonId/video/:mediaId', 'routes/teach/replace-video.tsx'),
      route('publication', 'routes/teach/publication.tsx'),
      route('history', 'routes/teach/history.tsx'),
      route('history/:revisionId', 'routes/teach/revision.tsx'),
    ]),
    route('teach/courses/:courseId/lessons/:lessonId/captions', 'routes/teach/captions.tsx'),
    route('teach/courses/:courseId/lessons/:lessonId/sections', 'routes/teach/sections.tsx'),
    route('teach/courses/:courseId/versions/:number', 'routes/teach/version.tsx'),
  ]),

  // Managers and bureau administrators
  layout('routes/manage/layout.tsx', [
    route('manage/classes', 'routes/manage/classes/class-list.tsx'),
    route('manage/classes/new', 'routes/manage/classes/new-class.tsx'),
    route('manage/classes/:classId', 'routes/manage/classes/class-frame.tsx', [
      index('routes/manage/classes/learners.tsx'),
      route('applications', 'routes/manage/classes/applications.tsx'),
      route('roster', 'routes/manage/classes/roster.tsx'),
      route('signals', 'routes/manage/classes/signals.tsx'),
      route('appeals', 'routes/manage/classes/appeals.tsx'),
      route('appeals/:appealId', 'routes/manage/classes/appeal.tsx'),
      route('rules', 'routes/manage/classes/rules.tsx'),
      route('settings', 'routes/manage/classes/settings.tsx'),
      route('courses/:courseId', 'routes/manage/classes/course-move.tsx'),
      route('settlements', 'routes/manage/settlements/settlements.tsx'),
      route('settlements/:number', 'routes/manage/settlements/settlement.tsx'),
    ]),
    route('manage/rule-sets', 'routes/manage/rule-sets/rule-set-list.tsx'),
    route('manage/rule-sets/new', 'routes/manage/rule-sets/new-rule-set.tsx'),
    route('manage/rule-sets/:ruleSetId', 'routes/manage/rule-sets/rule-set.tsx'),
    route('manage/class-hours', 'routes/manage/class-hours/class-hours.tsx'),
    route(
      'manage/class-hours/enrollments/:enrollmentId',
      'routes/manage/class-hours/enrollment.tsx',
    ),
    route(
      'manage/class-hours/enrollments/:enrollmentId/lessons/:lessonId',
      'routes/manage/class-hours/lesson.tsx',
    ),
    route('manage/attribution', 'routes/manage/attribution/attribution.tsx'),
    route('manage/people', 'routes/manage/people/people.tsx'),
    route('manage/people/new', 'routes/manage/people/new-person.tsx'),
    route('manage/people/roster', 'routes/manage/people/roster.tsx'),
    route('manage/people/:personId', 'routes/manage/people/person.tsx'),
    route('manage/partnerships', 'routes/manage/partnerships.tsx'),
    route('manage/partnerships/:courseId', 'routes/manage/partners.tsx'),
    route('manage/organizations', 'routes/manage/organizations.tsx'),
    route('manage/audit', 'routes/manage/audit.tsx'),
  ]),

  route('manage/classes/export', 'routes/manage/classes/list-export.ts'),
  route('manage/classes/:classId/export', 'routes/manage/classes/learners-export.ts'),
  route(
    'manage/classes/:classId/settlements/:number/export',
    'routes/manage/settlements/settlement-export.ts',
  ),
  route('manage/classes/:classId/signals/export', 'routes/manage/classes/signals-export.ts'),
  route('manage/classes/:classId/rules/export', 'routes/manage/classes/rules-export.ts'),
  route('manage/attribution/export', 'routes/manage/attribution/export.ts'),
  route('manage/class-hours/export', 'routes/manage/class-hours/export.ts'),
  route('manage/people/roster-template', 'routes/manage/people/roster-template.ts'),

  // Programs
  route('api/session', 'routes/api/session.ts'),
  route('api/me', 'routes/api/me.ts'),
  route('api/class-hours', 'routes/api/class-hours.ts'),
  route('api/watch-sessions', 'routes/api/watch-sessions.ts'),
  route('api/watch-sessions/:id/presence-checks/:checkId', 'routes/api/presence-checks.ts'),
  route(
    'api/enrollments/:id/lessons/:lessonId/class-hours',
    'routes/api/class-hours-explanation.ts',
  ),
  route('api/lessons/:lessonId/comments', 'routes/api/lesson-comments.ts'),
  route('api/comment-threads/:id/replies', 'routes/api/comment-thread-replies.ts'),
  route('api/comment-threads/:id/decision', 'routes/api/comment-thread-decision.ts'),
  route('api/comment-threads/:id/resolution', 'routes/api/comment-thread-resolution.ts'),
  route('api/comments/:id', 'routes/api/comments.ts'),
  route('api/media/:id', 'routes/api/media.$id.ts'),
  route('api/media/:id/captions', 'routes/api/media.$id.captions.ts'),
  route('api/*', 'routes/api/not-found.ts'),

  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
