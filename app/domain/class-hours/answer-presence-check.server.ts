import type { Db, Trx } from '~db/client.server';
import { Conflict, Invalid, NotFound } from '../shared/errors';
import { addToRollUps } from './add-to-roll-ups.server';
import { loadLaw, type EnrollmentLaw } from './lesson-law.server';
import type { LessonDay } from './lesson-totals.server';
import { drawPresence, lockLearners } from './lock-learners.server';
import { dayAt } from './platform-day';
import {
  askQuestion,
  findOpenQuestion,
  presenceRuleAt,
  type PresenceQuestion,
} from './presence-check.server';
import { refoldLearner } from './refold-learner.server';
import { ruleSetOn } from './rule-set';
import type { WatchSession } from './watch-session.server';

/** The answer of POST /api/watch-sessions/{id}/presence-checks/{checkId} (docs/api.md). */
export interface PresenceAnswer {
  passed: boolean;
  /** After a wrong answer: the next question, to be answered after `retryAfterMs`. */
  presenceCheck?: PresenceQuestion;
  retryAfterMs?: number;
}

/** Where no rule of the class says otherwise: the pause before another question, ms. */
const RETRY_AFTER_MS = 20_000;
const ANSWER_WITHIN_MS = 60_000;

/**
 * Judges an answer to the learner's own check. The right one passes it: time that it held counts again, where it was
 * passed within the allowance. A wrong one brings another question. An answer given too early, or to a
 * question that is no longer the open one, is not judged and gets the open one. Throws NotFound for
 * another's check, Conflict when it is already passed, Invalid for an option there is not.
 */
export async function answerPresenceCheck(
  db: Db,
  given: { session: WatchSession; questionId: string; answer: string },
  { zone, now }: { zone: string; now: number },
): Promise<PresenceAnswer> {
  const { session, questionId, answer } = given;
  const { personId } = session;
  return db.transaction().execute(async (trx) => {
    const learner = (await lockLearners(trx, [personId], now)).get(personId)!;
    const { moment } = learner;
    const asked = await findQuestion(trx, personId, questionId);
    if (!asked) throw new NotFound('no-such-check');
    if (asked.passed_at !== null) {
      throw new Conflict('already-passed', 'This check is passed. Nothing was changed.');
    }
    const law = await loadLaw(trx, session.enrollmentId, zone);
    const rule = presenceRuleAt(law, moment);
    const answerWithinMs = rule?.answerWithinMs ?? ANSWER_WITHIN_MS;
    const next = async (): Promise<PresenceAnswer> => {
      const open = await findOpenQuestion(trx, personId);
      if (!open) throw new NotFound('no-such-check');
      const retryAfterMs = Math.max(0, open.askedAt - moment);
      return { passed: false, presenceCheck: { ...open.shown, answerWithinMs }, retryAfterMs };
    };
    if (asked.answered_at !== null || moment < asked.asked_at) return next();
    const options = JSON.parse(asked.options) as string[];
    const chosen = options[Number(answer) - 1];
    if (chosen === undefined) {
      throw new Invalid([{ pointer: '/answer', message: 'is none of the options' }]);
    }
    await trx
      .updateTable('presence_question')
      .set({ answered_at: moment, answer: chosen, answered_in: session.id })
      .where('id', '=', questionId)
      .execute();
    // The answer is a contact; with the next beat the session's contacts are found again.
    await trx.deleteFrom('session_total').where('session_id', '=', session.id).execute();
    await trx
      .updateTable('learner_stream')
      .set({ playing_session_id: null })
      .where('person_id', '=', personId)
      .where('playing_session_id', '=', session.id)
      .execute();
    if (chosen !== asked.right_option) {
      const askedAt = moment + (rule?.retryAfterMs ?? RETRY_AFTER_MS);
      await askQuestion(trx, { checkId: asked.check_id, number: asked.number + 1, askedAt });
      return next();
    }
    await passCheck(
      trx,
      { personId, checkId: asked.check_id, askedAt: asked.first_asked_at },
      law,
      moment,
    );
    return { passed: true };
  });
}

async function findQuestion(trx: Trx, personId: string, questionId: string) {
  return trx
    .selectFrom('presence_question')
    .innerJoin('presence_check', 'presence_check.id', 'presence_question.check_id')
    .where('presence_question.id', '=', questionId)
    .where('presence_check.person_id', '=', personId)
    .selectAll('presence_question')
    .select(['presence_check.passed_at', 'presence_check.asked_at as first_asked_at'])
    .executeTakeFirst();
}

async function passCheck(
  trx: Trx,
  check: { personId: string; checkId: string; askedAt: number },
  law: EnrollmentLaw,
  moment: number,
): Promise<void> {
  const { personId, checkId, askedAt } = check;
  const { zone } = law;
  await trx
    .updateTable('presence_check')
    .set({ passed_at: moment })
    .where('id', '=', checkId)
    .execute();
  const { presence } = ruleSetOn(law, dayAt(askedAt, zone).day);
  const heldFrom = askedAt + (presence?.answerWithinMs ?? ANSWER_WITHIN_MS);
  const changes: LessonDay[] = [];
  if (await isPlayedAfter(trx, personId, Math.min(heldFrom, moment))) {
    const { day } = dayAt(Math.min(heldFrom, moment), zone);
    await refoldLearner(trx, personId, day, zone, changes);
  }
  await trx
    .updateTable('learner_stream')
    .set((eb) => ({
      open_check_at: null,
      last_check_passed_at: moment,
      presence_base_ms: eb.ref('presence_spent_ms'),
      presence_draw: drawPresence(),
    }))
    .where('person_id', '=', personId)
    .execute();
  await addToRollUps(trx, changes);
}

/** Whether any stored beat of the learner reaches beyond that moment. */
async function isPlayedAfter(trx: Trx, personId: string, at: number): Promise<boolean> {
  const found = await trx
    .selectFrom('watch_session')
    .innerJoin('beat', 'beat.session_id', 'watch_session.id')
    .where('watch_session.person_id', '=', personId)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .where((eb) => eb(eb('watch_session.started_at', '+', eb.ref('beat.wall_to_ms')), '>', at))
    .select('watch_session.id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
