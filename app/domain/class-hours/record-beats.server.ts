import type { Trx } from '~db/client.server';
import { completeEnrollment } from '../classes/complete-enrollment.server';
import { refusedWhole, type SentBeat } from './arrival';
import { advanceLesson, EMPTY_SNAPSHOT, type SessionBeat } from './crediting';
import { loadCreditedOn } from './credited-today.server';
import { isOpenAt, loadLaws, type EnrollmentLaw } from './lesson-law.server';
import {
  addLessonDays,
  lastPlayed,
  saveLessonTotals,
  totalOf,
  type LessonDay,
  type LessonTotal,
} from './lesson-totals.server';
import { lockLearners, type LockedLearner } from './lock-learners.server';
import { dayAt } from './platform-day';
import { refoldLesson } from './refold-lesson.server';
import type { Clause, WatchSessionFact } from './rule-set';
import { comesAfter, SessionLog } from './session-log';
import { loadStandings, saveReaches, type SessionStanding } from './session-standings.server';
import {
  insertBeats,
  insertRefusedBeats,
  listBeats,
  type ArrivedBeat,
} from './stored-beats.server';
import { judgeBeat } from './valid-time';
import type { WatchSession } from './watch-session.server';

/** Beats of one request, checked in shape, of a session of the caller's. */
export interface BeatPost {
  session: WatchSession;
  beats: readonly SentBeat[];
}

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
  presenceCheck: null;
}

/** The new evidence for one lesson of one enrollment. */
interface LessonWork {
  post: BeatPost;
  law: EnrollmentLaw;
  standing: SessionStanding;
  moment: number;
  beats: SessionBeat[];
}

const lessonKey = ({ session }: BeatPost) => `${session.enrollmentId} ${session.lessonId}`;

/**
 * Stores the beats of requests that arrived together, in their order, and brings the totals up to date, all in
 * the caller's transaction. Answers each request; nothing is acknowledged before the caller has committed.
 * `now` is the process's clock, epoch ms; `zone` cuts the days.
 */
export async function recordBeats(
  trx: Trx,
  posts: readonly BeatPost[],
  { zone, now }: { zone: string; now: number },
): Promise<BeatAnswer[]> {
  const learners = await lockLearners(
    trx,
    posts.map(({ session }) => session.personId),
    now,
  );
  const standings = await loadStandings(trx, [...new Set(posts.map(({ session }) => session.id))]);
  const laws = await loadLaws(
    trx,
    posts.map(({ session }) => session.enrollmentId),
    zone,
  );
  const logs = await openLogs(trx, posts, standings);
  const found = posts.map((post): Found => {
    const standing = standings.get(post.session.id);
    const law = laws.get(post.session.enrollmentId);
    const learner = learners.get(post.session.personId);
    const log = logs.get(post.session.id);
    if (!standing || !law || !learner || !log) throw new Error('A watch session has gone.');
    return { post, standing, law, learner, log };
  });
  const judged = found.map(judgePost);
  const stored = judged.flatMap((one) => one.stored);
  await insertBeats(trx, stored);
  await insertRefusedBeats(
    trx,
    judged.flatMap((one) => one.refused),
  );
  const reached = new Set(stored.map(({ sessionId }) => sessionId));
  await saveReaches(
    trx,
    [...reached].map((sessionId) => ({ sessionId, reach: logs.get(sessionId)!.reach })),
  );
  const totals = await creditLessons(trx, found, judged);
  const today = await loadToday(trx, found, zone);
  return found.map((one, index) => {
    const { post, standing, law, learner, log } = one;
    const total = totals.get(lessonKey(post)) ?? standing.total;
    return {
      ackSeq: log.reach.ackSeq,
      creditedMs: total?.creditedMs ?? 0,
      coveredMs: total?.coveredMs ?? 0,
      spentMs: total?.spentMs ?? 0,
      creditedTodayMs: today.get(post.session.personId) ?? 0,
      complete: total?.complete ?? false,
      refusals: judged[index]!.refusals,
      state: stateOf(standing, law, learner.moment, today.get(post.session.personId) ?? 0),
      presenceCheck: null,
    };
  });
}

interface Found {
  post: BeatPost;
  standing: SessionStanding;
  law: EnrollmentLaw;
  learner: LockedLearner;
  log: SessionLog;
}

interface Judged {
  stored: ArrivedBeat[];
  refused: ArrivedBeat[];
  refusals: BeatAnswer['refusals'];
}

/** Stored beats are looked at only for sessions whose new ones do not simply come after them. */
async function openLogs(
  trx: Trx,
  posts: readonly BeatPost[],
  standings: ReadonlyMap<string, SessionStanding>,
): Promise<Map<string, SessionLog>> {
  const incoming = new Map<string, SentBeat[]>();
  for (const { session, beats } of posts) {
    const known = incoming.get(session.id);
    if (known) known.push(...beats);
    else incoming.set(session.id, [...beats]);
  }
  const isPlain = (id: string, beats: readonly SentBeat[]) => {
    const standing = standings.get(id);
    return standing?.reachKnown === true && comesAfter(standing.reach, beats);
  };
  const lookBack = [...incoming].filter(([id, beats]) => !isPlain(id, beats)).map(([id]) => id);
  const stored = await listBeats(trx, lookBack);
  return new Map(
    [...standings].map(([id, { reach }]): [string, SessionLog] => [
      id,
      new SessionLog(reach, stored.get(id)),
    ]),
  );
}

const factOf = ({ post, standing }: Found): WatchSessionFact => ({
  id: post.session.id,
  number: post.session.number,
  startedAt: post.session.startedAt,
  endedAt: standing.endedAt,
  durationMs: post.session.durationMs,
});

function judgePost(found: Found): Judged {
  const { post, law, learner, log } = found;
  const session = factOf(found);
  const sessionId = session.id;
  const judged: Judged = { stored: [], refused: [], refusals: [] };
  for (const sent of post.beats) {
    const { arrival, stored } = log.admit(sent, learner.moment);
    if (stored) {
      if (arrival === 'new') judged.stored.push({ sessionId, beat: stored });
      const refusals = judgeBeat(stored, session, law).flatMap((part) => part.refusals);
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

async function creditLessons(
  trx: Trx,
  found: readonly Found[],
  judged: readonly Judged[],
): Promise<Map<string, LessonTotal>> {
  const work = new Map<string, LessonWork>();
  found.forEach((one, index) => {
    const session = factOf(one);
    const beats = judged[index]!.stored.map(({ beat }) => ({ session, beat }));
    if (beats.length === 0) return;
    const known = work.get(lessonKey(one.post));
    if (known) known.beats.push(...beats);
    else work.set(lessonKey(one.post), { ...one, moment: one.learner.moment, beats });
  });
  const totals = new Map<string, LessonTotal>();
  const advanced: LessonTotal[] = [];
  const days: LessonDay[] = [];
  for (const [key, lesson] of work) {
    const { post, standing, law, beats } = lesson;
    const snapshot = standing.total ?? EMPTY_SNAPSHOT;
    const fold = advanceLesson(snapshot, beats, law);
    if (!fold) {
      totals.set(key, await refoldLesson(trx, post.session, law));
      continue;
    }
    const played = lastPlayed(standing.total ?? { lastMediaMs: 0, lastStudiedAt: 0 }, beats);
    const last = { lastMediaMs: played.lastMediaMs, lastStudiedAt: played.lastStudiedAt };
    const total = totalOf(post.session, fold, last, law, standing.lengthMs);
    totals.set(key, total);
    advanced.push(total);
    const { enrollmentId, lessonId } = post.session;
    for (const day of fold.byDay) days.push({ ...day, enrollmentId, lessonId });
  }
  await saveLessonTotals(trx, advanced);
  await addLessonDays(trx, days);
  for (const [key, { post, law, moment }] of work) {
    if (law.status !== 'enrolled' || totals.get(key)?.complete !== true) continue;
    await completeEnrollment(trx, { enrollmentId: post.session.enrollmentId, now: moment });
  }
  return totals;
}

/** Each learner's credit of their day, over all classes. */
async function loadToday(
  trx: Trx,
  found: readonly Found[],
  zone: string,
): Promise<Map<string, number>> {
  const byDay = new Map<string, Set<string>>();
  for (const { post, learner } of found) {
    const { day } = dayAt(learner.moment, zone);
    byDay.set(day, (byDay.get(day) ?? new Set()).add(post.session.personId));
  }
  const today = new Map<string, number>();
  for (const [day, people] of byDay) {
    for (const [id, ms] of await loadCreditedOn(trx, [...people], day)) today.set(id, ms);
  }
  return today;
}

function stateOf(
  standing: SessionStanding,
  law: EnrollmentLaw,
  moment: number,
  creditedTodayMs: number,
): StudyState {
  if (standing.endedAt !== null) return 'taken-over';
  if (!isOpenAt(law, moment)) return 'closed';
  const { dailyCapMs } = law.ruleSet;
  return dailyCapMs !== null && creditedTodayMs >= dailyCapMs ? 'capped' : 'open';
}
