import type { Kysely } from 'kysely';
import * as accounts from './0001-accounts';
import * as organizations from './0002-organizations';
import * as courses from './0003-courses';
import * as classes from './0004-classes';
import * as classHours from './0005-class-hours';
import * as presenceAndCap from './0007-presence-and-cap';
import * as rollUps from './0008-roll-ups';
import * as corrections from './0009-corrections';
import * as signals from './0011-signals';
import * as proof from './0010-proof';
import * as recounts from './0012-recounts';
import * as learnerVersions from './0013-learner-versions';
import * as answeredAppeals from './0014-answered-appeals';
import * as conversion from './0015-conversion';
import * as uploadsToLessons from './0016-uploads-to-lessons';
import * as captions from './0017-captions';
import * as beatSessions from './0020-beat-sessions';
import * as signOffs from './0021-sign-offs';
import * as revisions from './0022-revisions';
import * as comments from './0023-comments';
import * as openChapters from './0024-open-chapters';
import * as partnerships from './0024-partnerships';
import * as places from './0024-places';
import * as lessonTexts from './0019-lesson-texts';
import * as captionRemovals from './0018-caption-removals';
import * as lessonFiles from './0019-lesson-files';
import * as checkLists from './0025-check-lists';
import * as waitingCounts from './0026-waiting-counts';
import * as playingSessions from './0027-playing-sessions';

export interface Migration {
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order, forward only: a landed one never changes. */
export const migrations: Record<string, Migration> = {
  '0001-accounts': accounts,
  '0002-organizations': organizations,
  '0003-courses': courses,
  '0004-classes': classes,
  '0005-class-hours': classHours,
  '0007-presence-and-cap': presenceAndCap,
  '0008-roll-ups': rollUps,
  '0009-corrections': corrections,
  '0011-signals': signals,
  '0010-proof': proof,
  '0012-recounts': recounts,
  '0013-learner-versions': learnerVersions,
  '0014-answered-appeals': answeredAppeals,
  '0015-conversion': conversion,
  '0016-uploads-to-lessons': uploadsToLessons,
  '0017-captions': captions,
  '0018-caption-removals': captionRemovals,
  '0019-lesson-texts': lessonTexts,
  '0019-lesson-files': lessonFiles,
  '0020-beat-sessions': beatSessions,
  '0021-sign-offs': signOffs,
  '0022-revisions': revisions,
  '0023-comments': comments,
  '0024-open-chapters': openChapters,
  '0024-partnerships': partnerships,
  '0024-places': places,
  '0025-check-lists': checkLists,
  '0026-waiting-counts': waitingCounts,
  '0027-playing-sessions': playingSessions,
};
