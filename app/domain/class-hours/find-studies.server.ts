import type { Trx } from '~db/client.server';
import { lessonOf } from './add-to-roll-ups.server';
import { holdLearners, type LockedLearner } from './lock-learners.server';
import { loadStandings } from './session-standings.server';
import type { StudiedLesson, Study, StudyingLearner, StudyMemory } from './study-memory.server';
import type { WatchSession } from './watch-session.server';

/**
 * Where these sessions stand, by their ids, with their learners at the moment of this contact: as remembered or as
 * stored. Learners whose only session is remembered are not even locked where `trusting`; that nobody changed
 * anything of theirs shows when `progressOf` is written. All others are locked now.
 */
export async function findStudies(
  trx: Trx,
  sessions: readonly WatchSession[],
  { memory, trusting, now }: { memory: StudyMemory; trusting: boolean; now: number },
): Promise<Map<string, Study>> {
  const studies = new Map<string, Study>();
  const doubtful = new Set<string>();
  for (const session of sessions) {
    const study = memory.recall(session);
    if (study) studies.set(session.id, study);
    // An open check may have to be shown again, and is not remembered.
    if (!trusting || study?.learner.openCheckAt !== null) doubtful.add(session.personId);
  }
  for (const { learner } of studies.values()) {
    if (!doubtful.has(learner.personId)) learner.moment = Math.max(learner.moment, now);
  }
  if (doubtful.size > 0) await readDoubtful(trx, sessions, doubtful, studies, now);
  return studies;
}

async function readDoubtful(
  trx: Trx,
  sessions: readonly WatchSession[],
  doubtful: ReadonlySet<string>,
  studies: Map<string, Study>,
  now: number,
): Promise<void> {
  const held = await holdLearners(trx, [...doubtful], now);
  const learners = new Map<string, StudyingLearner>();
  const lessons = new Map<string, StudiedLesson>();
  const unknown = new Map<string, WatchSession>();
  for (const session of sessions) {
    const locked = held.get(session.personId);
    if (!locked) continue;
    const study = studies.get(session.id);
    if (study?.learner.version === locked.version) {
      Object.assign(study.learner, locked);
      learners.set(session.personId, study.learner);
      lessons.set(lessonOf(session.enrollmentId, session.lessonId), study.lesson);
    } else {
      studies.delete(session.id);
      unknown.set(session.id, session);
    }
  }
  const standings = await loadStandings(trx, [...unknown.keys()]);
  for (const [id, { total, correctedMs, lengthMs, ...standing }] of standings) {
    const session = unknown.get(id)!;
    const { personId, enrollmentId, lessonId } = session;
    const learner = learners.get(personId) ?? newcomer(personId, held.get(personId)!);
    learners.set(personId, learner);
    const lesson = lessons.get(lessonOf(enrollmentId, lessonId)) ?? {
      enrollmentId,
      lessonId,
      total,
      correctedMs,
      lengthMs,
      storedDays: [],
      place: undefined,
    };
    lessons.set(lessonOf(enrollmentId, lessonId), lesson);
    studies.set(id, { session, learner, lesson, ...standing, ...reachOfPlaying(learner, id) });
  }
}

const reachOfPlaying = ({ playing }: LockedLearner, sessionId: string) =>
  playing?.sessionId === sessionId
    ? { reach: playing.reach, reachKnown: true, inTouch: playing.inTouch }
    : {};

const newcomer = (personId: string, locked: LockedLearner): StudyingLearner => ({
  personId,
  credited: new Map(),
  ...locked,
});
