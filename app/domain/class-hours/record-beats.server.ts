import type { Trx } from '~db/client.server';
import { addToRollUps, lessonOf } from './add-to-roll-ups.server';
import { refusedWhole, type SentBeat } from './arrival';
import {
  creditLearners,
  dayKey,
  lessonKey,
  type BeatPost,
  type Found,
  type Judged,
} from './credit-learners.server';
import { isVoidedBy } from './crediting';
import { loadKnownLaws } from './known-laws.server';
import { isOpenAt, underChecks, type EnrollmentLaw } from './lesson-law.server';
import type { KnownPlace } from './ledger-place';
import type { LessonDay } from './lesson-totals.server';
import { holdLearners, type LockedLearner } from './lock-learners.server';
import { dayAt } from './platform-day';
import { bringPresenceCheck, type PresenceQuestion } from './presence-check.server';
import { loadAnswerMoments, loadPresenceFacts } from './presence-facts.server';
import { contactRange, timeInTouch } from './presence-time';
import { insertRange, meetsRanges, type Range } from './ranges';
import { ruleSetOn, type Clause, type PresenceFact, type WatchSessionFact } from './rule-set';
import { comesAfter, SessionLog } from './session-log';
import { loadStandings, reachesOf, type SessionStanding } from './session-standings.server';
import { listBeats, newBeats, refusedBeats } from './stored-beats.server';
import { StudyMemory, type KnownStudy } from './study-memory.server';
import { judgeBeat } from './valid-time';

export type { BeatPost } from './credit-learners.server';

export type StudyState = 'open' | 'taken-over' | 'capped' | 'closed';

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
}

/**
 * Stores the beats of requests that arrived together, in their order, and brings the totals up to date, all in
 * the caller's transaction. Answers each request; nothing is acknowledged before the caller has committed.
 * The caller forgets in `memory` whose beats it could not commit.
 */
export async function recordBeats(
  trx: Trx,
  posts: readonly BeatPost[],
  { zone, now, reached, memory = new StudyMemory() }: Recording,
): Promise<BeatAnswer[]> {
  const learners = await holdLearners(
    trx,
    posts.map(({ session }) => session.personId),
    now,
  );
  for (const { moment } of learners.values()) reached?.(moment);
  const studies = recallStudies(posts, learners, memory);
  const sessionIds = new Set(posts.map(({ session }) => session.id));
  const standings = await loadStandings(
    trx,
    [...sessionIds].filter((id) => !studies.has(id)),
  );
  for (const [id, { standing }] of studies) standings.set(id, standing);
  const laws = await loadKnownLaws(
    trx,
    posts.map(({ session }) => session.enrollmentId),
    zone,
    new Set([...studies.values()].map(({ enrollmentId }) => enrollmentId)),
  );
  const opened = await openLogs(trx, posts, standings);
  const checks = await loadChecks(trx, posts, learners);
  const found = posts.map((post): Found => {
    const standing = standings.get(post.session.id);
    const law = laws.get(post.session.enrollmentId);
    const learner = learners.get(post.session.personId);
    const log = opened.logs.get(post.session.id);
    if (!standing || !law || !learner || !log) throw new Error('A watch session has gone.');
    const underLaw = underChecks(law, checks.get(post.session.personId) ?? []);
    const contacts = opened.contacts.get(post.session.id);
    const inTouch = contacts ? timeInTouch(contacts, law) : [...standing.inTouch];
    const fact = factOf(post, standing, inTouch);
    const known = studies.get(post.session.id);
    return { post, standing, law: underLaw, learner, log, fact, reachesBack: false, known };
  });
  const judged = found.map(judgePost);
  const stored = judged.flatMap((one) => one.stored);
  const reaching = new Map<string, Found>();
  found.forEach((one, index) => {
    if (judged[index]!.stored.length > 0) reaching.set(one.post.session.id, one);
  });
  const reaches = [...reaching].map(([sessionId, { standing, log, fact }]) => {
    const { reachKnown: isStored } = standing;
    return { sessionId, isStored, reach: log.reach, inTouch: fact.inTouch };
  });
  const refused = judged.flatMap((one) => one.refused);
  const pending = [newBeats(stored), refusedBeats(refused), ...reachesOf(reaches)];
  const changes: LessonDay[] = [];
  const credited = await creditLearners(trx, found, judged, zone, changes, pending);
  const { totals, today } = credited;
  const answers: BeatAnswer[] = [];
  for (const [index, { post, standing, law, learner, log }] of found.entries()) {
    const total = totals.get(lessonKey(post)) ?? standing.total;
    const { day } = dayAt(learner.moment, zone);
    const creditedTodayMs = today.get(dayKey(post.session.personId, day)) ?? 0;
    const state = stateOf(standing, law, learner.moment, creditedTodayMs);
    const goesOn = state === 'open' || state === 'capped';
    answers.push({
      ackSeq: log.reach.ackSeq,
      creditedMs: (total?.creditedMs ?? 0) + standing.correctedMs,
      coveredMs: total?.coveredMs ?? 0,
      spentMs: total?.spentMs ?? 0,
      creditedTodayMs,
      complete: total?.complete ?? false,
      refusals: judged[index]!.refusals,
      state,
      presenceCheck: goesOn
        ? await bringPresenceCheck(trx, post.session, law, learner, changes)
        : null,
    });
  }
  const places = new Map<string, KnownPlace>();
  for (const { enrollmentId, lessonId, place } of studies.values()) {
    if (place) places.set(lessonOf(enrollmentId, lessonId), place);
  }
  await addToRollUps(trx, changes, [], places);
  for (const [sessionId, { post, standing, learner, log, fact }] of reaching) {
    const { personId, enrollmentId, lessonId } = post.session;
    const { endedAt, correctedMs, lengthMs } = standing;
    const total = totals.get(lessonKey(post)) ?? standing.total;
    const { reach } = log;
    const { inTouch } = fact;
    memory.keep({
      personId,
      sessionId,
      enrollmentId,
      lessonId,
      version: learner.version,
      standing: { endedAt, reach, reachKnown: true, inTouch, total, correctedMs, lengthMs },
      credited: creditedOnDays(post, learner, today, zone),
      storedDays: credited.storedDays.get(lessonKey(post)) ?? [],
      place: places.get(lessonOf(enrollmentId, lessonId)),
    });
  }
  return answers;
}

/** On the days that the learner's next beat will ask for, as far as these beats tell. */
function creditedOnDays(
  { session, beats }: BeatPost,
  { moment }: LockedLearner,
  today: ReadonlyMap<string, number>,
  zone: string,
): Map<string, number> {
  const last = session.startedAt + (beats.at(-1)?.wallToMs ?? 0);
  const days = [moment, Math.min(last, moment)].map((at) => dayAt(at, zone).day);
  return new Map(
    days.map((day): [string, number] => [day, today.get(dayKey(session.personId, day)) ?? 0]),
  );
}

function recallStudies(
  posts: readonly BeatPost[],
  learners: ReadonlyMap<string, LockedLearner>,
  memory: StudyMemory,
): Map<string, KnownStudy> {
  const studies = new Map<string, KnownStudy>();
  for (const { session } of posts) {
    const learner = learners.get(session.personId);
    const study = learner && memory.recall(session, learner.version);
    if (study) studies.set(session.id, study);
  }
  return studies;
}

const factOf = (
  { session }: BeatPost,
  { endedAt }: SessionStanding,
  inTouch: Range[],
): WatchSessionFact & { inTouch: Range[] } => {
  const { id, number, startedAt, durationMs } = session;
  return { id, number, startedAt, endedAt, durationMs, inTouch };
};

/**
 * Stored beats are looked at only for sessions whose new ones do not simply come after them. Of those the
 * contacts are found again too.
 */
async function openLogs(
  trx: Trx,
  posts: readonly BeatPost[],
  standings: ReadonlyMap<string, SessionStanding>,
): Promise<{ logs: Map<string, SessionLog>; contacts: Map<string, number[]> }> {
  const incoming = new Map<string, SentBeat[]>();
  const startedAt = new Map<string, number>();
  for (const { session, beats } of posts) {
    const known = incoming.get(session.id);
    if (known) known.push(...beats);
    else incoming.set(session.id, [...beats]);
    startedAt.set(session.id, session.startedAt);
  }
  const isPlain = (id: string, beats: readonly SentBeat[]) => {
    const standing = standings.get(id);
    return standing?.reachKnown === true && comesAfter(standing.reach, beats);
  };
  const lookBack = [...incoming].filter(([id, beats]) => !isPlain(id, beats)).map(([id]) => id);
  const stored = await listBeats(trx, lookBack);
  const answers = await loadAnswerMoments(trx, lookBack);
  return {
    logs: new Map(
      [...standings].map(([id, { reach }]): [string, SessionLog] => [
        id,
        new SessionLog(reach, stored.get(id)),
      ]),
    ),
    contacts: new Map(
      [...stored].map(([id, beats]): [string, number[]] => [
        id,
        [startedAt.get(id)!, ...beats.map((beat) => beat.arrivedAt), ...(answers.get(id) ?? [])],
      ]),
    ),
  };
}

/** The presence checks that can matter to these beats: the open one, and older ones where beats are that old. */
async function loadChecks(
  trx: Trx,
  posts: readonly BeatPost[],
  learners: ReadonlyMap<string, LockedLearner>,
): Promise<Map<string, PresenceFact[]>> {
  const old = new Set<string>();
  for (const { session, beats } of posts) {
    const passedAt = learners.get(session.personId)?.lastCheckPassedAt ?? 0;
    const isOld = beats.some((beat) => session.startedAt + beat.wallFromMs < passedAt);
    if (isOld) old.add(session.personId);
  }
  const checks = await loadPresenceFacts(trx, [...old]);
  for (const [personId, { openCheckAt }] of learners) {
    if (old.has(personId) || openCheckAt === null) continue;
    checks.set(personId, [{ askedAt: openCheckAt, passedAt: null }]);
  }
  return checks;
}

function judgePost(found: Found): Judged {
  const { post, law, learner, log, fact } = found;
  const sessionId = fact.id;
  const judged: Judged = { stored: [], refused: [], refusals: [] };
  const admitted = post.beats.map((sent) => {
    const { arrival, stored } = log.admit(sent, learner.moment);
    return { sent, arrival, stored };
  });
  if (admitted.some(({ arrival }) => arrival === 'new')) noteContact(found);
  for (const { sent, arrival, stored } of admitted) {
    if (stored) {
      if (arrival === 'new') judged.stored.push({ sessionId, beat: stored });
      const refusals = judgeBeat(stored, fact, law).flatMap((part) => part.refusals);
      for (const { clause, ms } of refusals) {
        const same = judged.refusals.find((one) => one.seq === sent.seq && one.clause === clause);
        if (same) same.ms += ms;
        else judged.refusals.push({ seq: sent.seq, clause, ms });
      }
    } else {
      judged.refused.push({ sessionId, beat: { ...sent, arrivedAt: learner.moment } });
      judged.refusals.push({ seq: sent.seq, ...refusedWhole(sent) });
    }
  }
  return judged;
}

/** New beats are a contact of their session from the moment they arrive. */
function noteContact(found: Found): void {
  const { fact, law, learner } = found;
  const { moment } = learner;
  const wasInTouch = meetsRanges(fact.inTouch, moment, moment + 1);
  const inTouch = [...fact.inTouch];
  insertRange(inTouch, ...contactRange(moment, law));
  fact.inTouch = inTouch;
  found.reachesBack = !wasInTouch && isVoidedBy(learner, moment);
}

function stateOf(
  standing: SessionStanding,
  law: EnrollmentLaw,
  moment: number,
  creditedTodayMs: number,
): StudyState {
  if (standing.endedAt !== null) return 'taken-over';
  if (!isOpenAt(law, moment)) return 'closed';
  const { dailyCapMs } = ruleSetOn(law, dayAt(moment, law.zone).day);
  return dailyCapMs !== null && creditedTodayMs >= dailyCapMs ? 'capped' : 'open';
}
