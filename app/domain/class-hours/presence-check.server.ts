import { randomInt } from 'node:crypto';
import type { Trx } from '~db/client.server';
import { newId } from '../shared/new-id.server';
import { isVoidedBy } from './crediting';
import type { EnrollmentLaw } from './lesson-law.server';
import type { LessonDay } from './lesson-totals.server';
import type { LockedLearner } from './lock-learners.server';
import { dayAt } from './platform-day';
import { planPresenceQuestion } from './presence-question';
import { checkDueAfter } from './presence-time';
import { refoldLearner } from './refold-learner.server';
import { ruleSetOn, type PresenceRule } from './rule-set';

/** A question as it goes to the learner: keys of texts, and nothing that tells the right one. */
export interface PresenceQuestion {
  id: string;
  question: string;
  /** In the order shown; an option is answered by its place, from '1' on. */
  options: string[];
  /** From the asking; time after it is held until the check is passed. */
  answerWithinMs: number;
}

/** The rule of presence in force for a class at a moment, epoch ms, or null. */
export function presenceRuleAt(law: EnrollmentLaw, at: number): PresenceRule | null {
  return ruleSetOn(law, dayAt(at, law.zone).day).presence;
}

/** Whether a contact of the learner's newest session may bring a question: a check is open, or due. */
export function isCheckDue(law: EnrollmentLaw, learner: LockedLearner): boolean {
  const presence = presenceRuleAt(law, learner.moment);
  if (!presence) return false;
  const spentMs = learner.presenceSpentMs - learner.presenceBaseMs;
  return learner.openCheckAt !== null || spentMs >= checkDueAfter(presence, learner.presenceDraw);
}

/**
 * What a contact of the learner's newest session brings: the question of the open check, or a new check where one
 * is due; null where neither, and in a class that does not ask for presence. The learner is under lock and
 * stands as this contact left them; by how much their days changed is added to `changes`.
 */
export async function bringPresenceCheck(
  trx: Trx,
  session: { id: string; personId: string },
  law: EnrollmentLaw,
  learner: LockedLearner,
  changes: LessonDay[],
): Promise<PresenceQuestion | null> {
  const { moment } = learner;
  const presence = presenceRuleAt(law, moment);
  if (!presence || !isCheckDue(law, learner)) return null;
  if (learner.openCheckAt === null) {
    await askCheck(trx, session, learner);
    const heldFrom = moment + presence.answerWithinMs;
    if (isVoidedBy(learner, heldFrom)) {
      const { day } = dayAt(heldFrom, law.zone);
      await refoldLearner(trx, session.personId, day, law.zone, changes);
      learner.version += 1;
    }
  }
  const open = await findOpenQuestion(trx, session.personId);
  if (!open || open.askedAt > moment) return null;
  return { ...open.shown, answerWithinMs: presence.answerWithinMs };
}

async function askCheck(
  trx: Trx,
  session: { id: string; personId: string },
  learner: LockedLearner,
): Promise<void> {
  const id = newId();
  const { moment } = learner;
  await trx
    .insertInto('presence_check')
    .values({
      id,
      person_id: session.personId,
      session_id: session.id,
      asked_at: moment,
      passed_at: null,
    })
    .execute();
  await askQuestion(trx, { checkId: id, number: 1, askedAt: moment });
  await trx
    .updateTable('learner_stream')
    .set({ open_check_at: moment })
    .where('person_id', '=', session.personId)
    .execute();
  learner.openCheckAt = moment;
}

/** Asks the next question of a check; it can be answered from `askedAt` on, epoch ms. */
export async function askQuestion(
  trx: Trx,
  asked: { checkId: string; number: number; askedAt: number },
): Promise<void> {
  const plan = planPresenceQuestion((below) => randomInt(below));
  await trx
    .insertInto('presence_question')
    .values({
      id: newId(),
      check_id: asked.checkId,
      number: asked.number,
      asked_at: asked.askedAt,
      question: plan.question,
      options: JSON.stringify(plan.options),
      right_option: plan.right,
      answered_at: null,
      answer: null,
      answered_in: null,
    })
    .execute();
}

/** The newest question of the learner's open check, or undefined. */
export async function findOpenQuestion(
  trx: Trx,
  personId: string,
): Promise<{ askedAt: number; shown: Omit<PresenceQuestion, 'answerWithinMs'> } | undefined> {
  const row = await trx
    .selectFrom('presence_check')
    .innerJoin('presence_question', 'presence_question.check_id', 'presence_check.id')
    .where('presence_check.person_id', '=', personId)
    .where('presence_check.passed_at', 'is', null)
    .orderBy('presence_check.asked_at', 'desc')
    .orderBy('presence_question.number', 'desc')
    .select([
      'presence_question.id',
      'presence_question.question',
      'presence_question.options',
      'presence_question.asked_at',
    ])
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, question, options, asked_at: askedAt } = row;
  return { askedAt, shown: { id, question, options: JSON.parse(options) as string[] } };
}
