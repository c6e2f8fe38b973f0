import type { Trx } from '~db/client.server';
import { lessonOf } from './add-to-roll-ups.server';
import type { SentBeat } from './arrival';
import type { BeatPost } from './credit-learners.server';
import { holdLearners, type LockedLearner } from './lock-learners.server';
import { dayAt } from './platform-day';
import { comesAfter } from './session-log';
import { loadStandings } from './session-standings.server';
import type { StudiedLesson, Study, StudyingLearner, StudyMemory } from './study-memory.server';
import type { WatchSession } from './watch-session.server';

/**
 * Where the sessions of these posts stand, by their ids, with their learners at the moment of this contact: as
 * remembered or as stored. Learners of whom nothing stored need be read are not even locked where `trusting`; that
 * nobody changed anything of theirs shows when `progressOf` is written. All others are locked now: what a transaction
 * under way has written of them can be read only when it has ended.
 */
export async function findStudies(
  trx: Trx,
  posts: readonly BeatPost[],
  given: { memory: StudyMemory; trusting: boolean; now: number; zone: string },
): Promise<Map<string, Study>> {
  const { memory, trusting, now, zone } = given;
  const studies = new Map<string, Study>();
  const doubtful = new Set<string>();
  for (const { session, beats } of posts) {
    const study = memory.recall(session);
    const isPlain = study && !studies.has(session.id) && needsNoReading(study, beats, now, zone);
    if (study) studies.set(session.id, study);
    if (!trusting || isPlain !== true) doubtful.add(session.personId);
  }
  for (const { learner } of studies.values()) {
    if (!doubtful.has(learner.personId)) learner.moment = Math.max(learner.moment, now);
  }
  if (doubtful.size > 0) await readDoubtful(trx, posts, doubtful, studies, now);
  return studies;
}

function needsNoReading(
  { session, learner, reachKnown, reach }: Study,
  beats: readonly SentBeat[],
  now: number,
  zone: string,
): boolean {
  const moment = Math.max(learner.moment, now);
  // An open check may have to be shown again.
  if (learner.openCheckAt !== null || !reachKnown || !comesAfter(reach, beats)) return false;
  return daysOf(session, beats, moment, zone).every((day) => learner.credited.has(day));
}

/** The days for which it matters what is credited already: today, and those of the beats. */
export function daysOf(
  { startedAt }: WatchSession,
  beats: readonly SentBeat[],
  moment: number,
  zone: string,
): string[] {
  const days = [dayAt(moment, zone).day];
  for (const { wallFromMs, wallToMs } of beats) {
    // What a beat claims of the future is never credited, so that its days need not be known.
    days.push(dayAt(Math.min(startedAt + wallFromMs, moment), zone).day);
    days.push(dayAt(Math.min(startedAt + wallToMs, moment), zone).day);
  }
  return days;
}

async function readDoubtful(
  trx: Trx,
  posts: readonly BeatPost[],
  doubtful: ReadonlySet<string>,
  studies: Map<string, Study>,
  now: number,
): Promise<void> {
  const held = await holdLearners(trx, [...doubtful], now);
  const learners = new Map<string, StudyingLearner>();
  const lessons = new Map<string, StudiedLesson>();
  const unknown = new Map<string, WatchSession>();
  for (const { session } of posts) {
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
