import type { Trx } from '~db/client.server';
import { writeRows } from '~db/row-statement';
import { addToRollUps } from './add-to-roll-ups.server';
import { refusedWhole, type SentBeat } from './arrival';
import {
  creditLearners,
  playingOf,
  type BeatPost,
  type Found,
  type LearnerWork,
} from './credit-learners.server';
import { isVoidedBy } from './crediting';
import { findStudies } from './find-studies.server';
import { loadKnownLaws } from './known-laws.server';
import { isOpenAt, underChecks, type EnrollmentLaw } from './lesson-law.server';
import type { Playing } from './lock-learners.server';
import { dayAt } from './platform-day';
import { bringPresenceCheck, isCheckDue, type PresenceQuestion } from './presence-check.server';
import { loadAnswerMoments, loadPresenceFacts } from './presence-facts.server';
import { contactRange, timeInTouch } from './presence-time';
import { insertRange, meetsRanges } from './ranges';
import { ruleSetOn, type Clause, type LessonLaw, type PresenceFact } from './rule-set';
import { comesAfter, SessionLog } from './session-log';
import { reachesOf } from './session-standings.server';
import { listBeats, newBeats, refusedBeats } from './stored-beats.server';
import { StudyMemory, type Study, type StudyingLearner } from './study-memory.server';
import { judgeBeat } from './valid-time';

export type { BeatPost } from './credit-learners.server';

export const STUDY_STATES = ['open', 'taken-over', 'capped', 'closed'] as const;
export type StudyState = (typeof STUDY_STATES)[number];

/** The answer of POST /api/watch-sessions/{id}/beats (docs/api.md). */
export interface BeatAnswer {
  ackSeq: number;
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  creditedTodayMs: number;
  complete: boolean;
  refusals: { seq: number; clause: Clause; ms: number }[];
  state: StudyState;
  presenceCheck: PresenceQuestion | null;
}

/** How beats are recorded. */
export interface Recording {
  /** Cuts the days. */
  zone: string;
  /** The process's clock, epoch ms. */
  now: number;
  /** Is told the moment of each learner. */
  reached?: (moment: number) => void;
  /** What the process knows of learners since it last stored beats of theirs. */
  memory?: StudyMemory;
  /** Takes what is remembered as it is, without locking the learner first; `now` must keep to the clock of all processes. */
  trusting?: boolean;
}

/**
 * Stores the beats of requests that arrived together, in their order, and brings the totals up to date, all in
 * the caller's transaction. Answers each request; nothing is acknowledged before the caller has committed.
 * The caller forgets in `memory` whose beats it could not commit. Where it trusted a memory that somebody's change
 * has overtaken it throws, RowsMissing or what else the database found first: the caller rolls back, and has the same
 * beats recorded without trust.
 */
export async function recordBeats(
  trx: Trx,
  posts: readonly BeatPost[],
  { zone, now, reached, memory = new StudyMemory(), trusting = false }: Recording,
): Promise<BeatAnswer[]> {
  const studies = await findStudies(trx, posts, { memory, trusting, now, zone });
  const enrollmentIds = posts.map(({ session }) => session.enrollmentId);
  const remembered = new Set<string>();
  for (const study of studies.values()) {
    if (memory.recall(study.session) === study) remembered.add(study.lesson.enrollmentId);
  }
  const known = { unchanged: remembered, trusting };
  const { laws, standing } = await loadKnownLaws(trx, enrollmentIds, zone, known);
  const learners = gatherLearners(studies);
  const logs = await openLogs(trx, posts, studies, laws);
  const checks = await loadChecks(trx, posts, learners);
  const found = posts.map((post): Found => {
    const { session } = post;
    const study = studies.get(session.id);
    const law = laws.get(session.enrollmentId);
    const log = logs.get(session.id);
    if (!study || !law || !log) throw new Error('A watch session has gone.');
    const underLaw = underChecks(law, checks.get(session.personId) ?? []);
    return judgePost({ post, study, law: underLaw, log }, learners.get(study.learner)!);
  });
  for (const { moment } of learners.keys()) reached?.(moment);
  const pending = [
    standing,
    newBeats(found.flatMap(({ stored }) => stored)),
    refusedBeats(found.flatMap(({ refused }) => refused)),
    reachesOf(leavingSessions(learners)),
  ];
  const changes = await creditLearners(trx, learners, found, zone, pending);
  const answers: BeatAnswer[] = [];
  for (const { study, law, refusals } of found) {
    const { learner, lesson, reach } = study;
    const creditedTodayMs = learner.credited.get(dayAt(learner.moment, zone).day) ?? 0;
    const state = stateOf(study, law, creditedTodayMs);
    const goesOn = state === 'open' || state === 'capped';
    const mayAsk = goesOn && isCheckDue(law, learner);
    if (mayAsk) await writeRows(trx, pending.splice(0));
    const { version } = learner;
    answers.push({
      ackSeq: reach.ackSeq,
      creditedMs: (lesson.total?.creditedMs ?? 0) + lesson.correctedMs,
      coveredMs: lesson.total?.coveredMs ?? 0,
      spentMs: lesson.total?.spentMs ?? 0,
      creditedTodayMs,
      complete: lesson.total?.complete ?? false,
      refusals,
      state,
      presenceCheck: mayAsk
        ? await bringPresenceCheck(trx, study.session, law, learner, changes)
        : null,
    });
    if (learner.version !== version) learners.get(learner)!.recounted = true;
  }
  await addToRollUps(trx, changes, { pending, last: true });
  for (const [{ personId }, { touched, recounted }] of learners) {
    const playing = touched.at(-1);
    if (recounted) memory.forget(personId);
    else if (playing) memory.keep(playing);
  }
  return answers;
}

function gatherLearners(studies: ReadonlyMap<string, Study>): Map<StudyingLearner, LearnerWork> {
  const learners = new Map<StudyingLearner, LearnerWork>();
  for (const { learner } of studies.values()) {
    if (learners.has(learner)) continue;
    learners.set(learner, { lessons: [], touched: [], reachesBack: false, recounted: false });
  }
  return learners;
}

/** The sessions whose reach goes out of the learner's own row, since another one brought the latest beats. */
function leavingSessions(learners: ReadonlyMap<StudyingLearner, LearnerWork>): Playing[] {
  const leaving: Playing[] = [];
  for (const [{ playing }, { touched }] of learners) {
    const last = touched.at(-1);
    if (!last) continue;
    for (const study of touched) if (study !== last) leaving.push(playingOf(study));
    if (playing && touched.every(({ session }) => session.id !== playing.sessionId)) {
      leaving.push(playing);
    }
  }
  return leaving;
}

/**
 * Stored beats are looked at only for sessions whose new ones do not simply come after them. Of those the
 * contacts are found again too.
 */
async function openLogs(
  trx: Trx,
  posts: readonly BeatPost[],
  studies: ReadonlyMap<string, Study>,
  laws: ReadonlyMap<string, EnrollmentLaw>,
): Promise<Map<string, SessionLog>> {
  const logs = new Map<string, SessionLog>();
  const lookBack: string[] = [];
  for (const [id, beats] of bySession(posts, studies.size)) {
    const study = studies.get(id);
    if (study?.reachKnown === true && comesAfter(study.reach, beats)) {
      logs.set(id, new SessionLog(study.reach));
    } else lookBack.push(id);
  }
  if (lookBack.length === 0) return logs;
  const stored = await listBeats(trx, lookBack);
  const answers = await loadAnswerMoments(trx, lookBack);
  for (const id of lookBack) {
    const study = studies.get(id);
    const law = study && laws.get(study.lesson.enrollmentId);
    if (!law) continue;
    const beats = stored.get(id) ?? [];
    logs.set(id, new SessionLog(study.reach, beats));
    const contacts = [
      study.session.startedAt,
      ...beats.map((beat) => beat.arrivedAt),
      ...(answers.get(id) ?? []),
    ];
    study.inTouch = timeInTouch(contacts, law);
  }
  return logs;
}

function bySession(posts: readonly BeatPost[], sessions: number): [string, readonly SentBeat[]][] {
  if (posts.length === sessions) return posts.map(({ session, beats }) => [session.id, beats]);
  const incoming = new Map<string, readonly SentBeat[]>();
  for (const { session, beats } of posts) {
    const known = incoming.get(session.id);
    incoming.set(session.id, known ? [...known, ...beats] : beats);
  }
  return [...incoming];
}

/** The presence checks that can matter to these beats: the open one, and older ones where beats are that old. */
async function loadChecks(
  trx: Trx,
  posts: readonly BeatPost[],
  learners: ReadonlyMap<StudyingLearner, LearnerWork>,
): Promise<Map<string, PresenceFact[]>> {
  const passedAt = new Map<string, number>();
  const checks = new Map<string, PresenceFact[]>();
  for (const { personId, openCheckAt, lastCheckPassedAt } of learners.keys()) {
    if (lastCheckPassedAt !== null) passedAt.set(personId, lastCheckPassedAt);
    if (openCheckAt !== null) checks.set(personId, [{ askedAt: openCheckAt, passedAt: null }]);
  }
  if (passedAt.size === 0) return checks;
  const old = new Set<string>();
  for (const { session, beats } of posts) {
    const passed = passedAt.get(session.personId) ?? 0;
    const isOld = beats.some((beat) => session.startedAt + beat.wallFromMs < passed);
    if (isOld) old.add(session.personId);
  }
  for (const [id, facts] of await loadPresenceFacts(trx, [...old])) checks.set(id, facts);
  return checks;
}

function judgePost(
  { post, study, law, log }: Pick<Found, 'post' | 'study' | 'law'> & { log: SessionLog },
  work: LearnerWork,
): Found {
  const { learner, session, endedAt } = study;
  const { id: sessionId, number, startedAt, durationMs } = session;
  const { moment } = learner;
  const found: Found = { post, study, law, stored: [], refused: [], refusals: [] };
  const admitted = post.beats.map((sent) => log.admit(sent, moment));
  study.reach = log.reach;
  if (admitted.some(({ arrival }) => arrival === 'new')) noteContact(study, law, work);
  const fact = { id: sessionId, number, startedAt, endedAt, durationMs, inTouch: study.inTouch };
  admitted.forEach(({ arrival, stored }, index) => {
    const sent = post.beats[index]!;
    if (!stored) {
      found.refused.push({ sessionId, beat: { ...sent, arrivedAt: moment } });
      found.refusals.push({ seq: sent.seq, ...refusedWhole(sent) });
      return;
    }
    if (arrival === 'new') found.stored.push({ sessionId, beat: stored });
    for (const { refusals } of judgeBeat(stored, fact, law)) {
      for (const { clause, ms } of refusals) addRefusal(found.refusals, sent.seq, clause, ms);
    }
  });
  if (found.stored.length > 0) {
    study.reachKnown = true;
    if (work.touched.at(-1) !== study) {
      work.touched = [...work.touched.filter((one) => one !== study), study];
    }
    const beats = found.stored.map(({ beat }) => ({ session: fact, beat }));
    const lesson = work.lessons.find((one) => one.lesson === study.lesson);
    if (lesson) lesson.beats.push(...beats);
    else work.lessons.push({ lesson: study.lesson, session, law, beats });
  }
  return found;
}

function addRefusal(refusals: Found['refusals'], seq: number, clause: Clause, ms: number): void {
  const same = refusals.find((one) => one.seq === seq && one.clause === clause);
  if (same) same.ms += ms;
  else refusals.push({ seq, clause, ms });
}

/** New beats are a contact of their session from the moment they arrive. */
function noteContact(study: Study, law: LessonLaw, work: LearnerWork): void {
  const { learner } = study;
  const { moment } = learner;
  const wasInTouch = meetsRanges(study.inTouch, moment, moment + 1);
  const inTouch = [...study.inTouch];
  insertRange(inTouch, ...contactRange(moment, law));
  study.inTouch = inTouch;
  work.reachesBack ||= !wasInTouch && isVoidedBy(learner, moment);
}

function stateOf(
  { endedAt, learner: { moment } }: Study,
  law: EnrollmentLaw,
  creditedTodayMs: number,
): StudyState {
  if (endedAt !== null) return 'taken-over';
  if (!isOpenAt(law, moment)) return 'closed';
  const { dailyCapMs } = ruleSetOn(law, dayAt(moment, law.zone).day);
  return dailyCapMs !== null && creditedTodayMs >= dailyCapMs ? 'capped' : 'open';
}
