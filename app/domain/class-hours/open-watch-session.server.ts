import type { Db, Trx } from '~db/client.server';
import { hashSecret } from '../accounts/secret-hash.server';
import { Conflict, Invalid, NotFound, TooMany, Unavailable } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { addToRollUps } from './add-to-roll-ups.server';
import { isVoidedBy } from './crediting';
import { findStudiedLesson } from './find-studied-lesson.server';
import { isOpenAt, loadLaw, type EnrollmentLaw } from './lesson-law.server';
import { findLessonTotal, type LessonDay, type LessonTotal } from './lesson-totals.server';
import { lockLearners, type LockedLearner } from './lock-learners.server';
import type { Ranges } from './ranges';
import { dayAt } from './platform-day';
import { bringPresenceCheck, type PresenceQuestion } from './presence-check.server';
import { refoldLearner } from './refold-learner.server';
import { ruleSetOn, type PresenceRule } from './rule-set';

/** How often a player reports while it plays. */
export const BEAT_EVERY_MS = 12_000;
const OPENINGS_A_MINUTE = 30;
const MINUTE = 60_000;
/** Who left this close to the end starts over. */
const END_MS = 3_000;

/** The answer of POST /api/watch-sessions (docs/api.md); `startedAt` is epoch ms. */
export interface OpenedWatchSession {
  id: string;
  startedAt: number;
  durationMs: number;
  coverage: Ranges;
  resumeAtMs: number;
  creditedMs: number;
  rules: {
    maxSpeed: number;
    beatEveryMs: number;
    dailyCapMs: number | null;
    offlineAllowanceMs: number;
    minutesPerClassHour: number;
    presence: PresenceRule | null;
  };
  presenceCheck: PresenceQuestion | null;
}

/**
 * Opens a player on a lesson of the learner's own class and ends their player before it, wherever that is.
 * Throws NotFound for another's enrollment or a lesson outside the class, Invalid for an article, Conflict while
 * class or enrollment is not open, Unavailable while nothing can be played, TooMany from 30 openings a minute on.
 * `now` is the process's clock, epoch ms. Of the browser's `deviceToken` only a hash is kept.
 */
export async function openWatchSession(
  db: Db,
  wanted: {
    personId: string;
    enrollmentId: string;
    lessonId: string;
    deviceToken?: string | undefined;
  },
  { zone, now }: { zone: string; now: number },
): Promise<OpenedWatchSession> {
  const lesson = await findStudiedLesson(db, wanted);
  if (!lesson) throw new NotFound();
  if (lesson.kind !== 'video') {
    throw new Invalid(
      [{ pointer: '/lessonId', message: 'is an article, not a video' }],
      'no-video',
    );
  }
  const { media } = lesson;
  return db.transaction().execute(async (trx) => {
    const learner = (await lockLearners(trx, [wanted.personId], now)).get(wanted.personId)!;
    await limitOpenings(trx, wanted.personId, learner);
    const law = await loadLaw(trx, wanted.enrollmentId, zone);
    if (!isOpenAt(law, learner.moment)) {
      throw new Conflict('not-open', 'The class or the enrollment is not open now.');
    }
    if (!media) throw new Unavailable('nothing-playable', 30, 'The video is still being prepared.');
    const changes: LessonDay[] = [];
    await endOlderSession(trx, wanted.personId, learner, zone, changes);
    const id = newId();
    const number = learner.lastNumber + 1;
    await trx
      .insertInto('watch_session')
      .values({
        id,
        person_id: wanted.personId,
        enrollment_id: wanted.enrollmentId,
        lesson_id: wanted.lessonId,
        media_id: media.id,
        duration_ms: media.durationMs,
        number,
        started_at: learner.moment,
        ended_at: null,
        device_hash: wanted.deviceToken === undefined ? null : hashSecret(wanted.deviceToken),
        serving_known: 1,
      })
      .execute();
    await trx
      .updateTable('learner_stream')
      .set({ last_number: number })
      .where('person_id', '=', wanted.personId)
      .execute();
    const total = await findLessonTotal(trx, wanted);
    const presenceCheck = await bringPresenceCheck(
      trx,
      { id, personId: wanted.personId },
      law,
      learner,
      changes,
    );
    await addToRollUps(trx, changes);
    return {
      id,
      startedAt: learner.moment,
      durationMs: media.durationMs,
      coverage: total?.coverage ?? [],
      resumeAtMs: resumeAt(total, media.durationMs),
      creditedMs: (total?.creditedMs ?? 0) + (total?.correctedMs ?? 0),
      rules: rulesOf(law, learner.moment),
      presenceCheck,
    };
  });
}

function resumeAt(total: LessonTotal | undefined, durationMs: number): number {
  const last = total?.lastMediaMs ?? 0;
  return last >= durationMs - END_MS ? 0 : last;
}

function rulesOf(law: EnrollmentLaw, at: number): OpenedWatchSession['rules'] {
  const ruleSet = ruleSetOn(law, dayAt(at, law.zone).day);
  const { maxSpeed, dailyCapMs, offlineAllowanceMs, minutesPerClassHour, presence } = ruleSet;
  const beatEveryMs = BEAT_EVERY_MS;
  return { maxSpeed, beatEveryMs, dailyCapMs, offlineAllowanceMs, minutesPerClassHour, presence };
}

/** Counted over the stored sessions, so that it holds over all server processes. */
async function limitOpenings(trx: Trx, personId: string, learner: LockedLearner): Promise<void> {
  const earliest = await trx
    .selectFrom('watch_session')
    .select('started_at')
    .where('person_id', '=', personId)
    .where('number', '=', learner.lastNumber - OPENINGS_A_MINUTE + 1)
    .executeTakeFirst();
  if (!earliest || earliest.started_at <= learner.moment - MINUTE) return;
  const waitMs = earliest.started_at + MINUTE - learner.moment;
  throw new TooMany(waitMs / 1000, 'too-many-openings', 'Too many players opened in a minute.');
}

/** The learner's last session ends now; time already counted beyond this moment is counted anew. */
async function endOlderSession(
  trx: Trx,
  personId: string,
  learner: LockedLearner,
  zone: string,
  changes: LessonDay[],
): Promise<void> {
  const { lastNumber, moment } = learner;
  await trx
    .updateTable('watch_session')
    .set({ ended_at: moment })
    .where('person_id', '=', personId)
    .where('number', '=', lastNumber)
    .where('ended_at', 'is', null)
    .execute();
  if (!isVoidedBy(learner, moment)) return;
  const refolded = await refoldLearner(trx, personId, dayAt(moment, zone).day, zone, changes);
  learner.foldedToAt = refolded.foldedToAt;
  learner.presenceSpentMs = refolded.presenceSpentMs;
}
