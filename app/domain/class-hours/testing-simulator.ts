import type { Beat, LessonLaw, PresenceFact, WatchSessionFact } from './rule-set';

/** One player, its beats and the lesson it played, as the simulator reads them. */
export interface SimulatedSession {
  lesson: number;
  session: Omit<WatchSessionFact, 'inTouch'>;
  /** Start, arrivals and answers. */
  contacts: readonly number[];
  beats: readonly Beat[];
}

interface Day {
  creditedMs: number;
  spentMs: number;
}

/**
 * The law of class hours a second time, for tests: it walks every millisecond of every beat of a learner and
 * keeps the media played in sets. It shares no function with the fold and knows only the zone UTC+8.
 */
export function simulateLearner(
  laws: readonly Omit<LessonLaw, 'held'>[],
  sessions: readonly SimulatedSession[],
  checks: readonly PresenceFact[],
) {
  const learnerDays = new Map<string, number>();
  const lessons = laws.map(() => {
    return {
      played: new Set<number>(),
      days: new Map<string, Day>(),
      refused: new Map<string, number>(),
      creditedMs: 0,
      spentMs: 0,
    };
  });
  const dayOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  const ruleSetAt = (law: Omit<LessonLaw, 'held'>, at: number) =>
    [...law.ruleSets].reverse().find((one) => one.fromDay === null || one.fromDay <= dayOf(at))!
      .ruleSet;
  const isHeld = (law: Omit<LessonLaw, 'held'>, at: number) =>
    checks.some(({ askedAt, passedAt }) => {
      const rules = ruleSetAt(law, askedAt);
      if (!rules.presence) return false;
      const inTime = passedAt !== null && passedAt <= askedAt + rules.offlineAllowanceMs;
      const from = askedAt + rules.presence.answerWithinMs;
      return !inTime && at >= from && (passedAt === null || at < passedAt);
    });

  for (const one of [...sessions].sort((a, b) => a.session.number - b.session.number)) {
    const { session, contacts } = one;
    const lesson = lessons[one.lesson]!;
    const law = laws[one.lesson]!;
    const isInTouch = (at: number) =>
      contacts.some((c) => c <= at && at < c + ruleSetAt(law, c).offlineAllowanceMs);
    for (const beat of [...one.beats].sort((a, b) => a.wallFromMs - b.wallFromMs)) {
      const refuse = (clause: string, ms: number) => {
        const key = `${session.id}/${beat.seq}/${clause}`;
        if (ms > 0) lesson.refused.set(key, (lesson.refused.get(key) ?? 0) + ms);
      };
      const from = Math.min(beat.mediaFromMs, session.durationMs);
      const to = Math.min(beat.mediaToMs, session.durationMs);
      const wall = beat.wallToMs - beat.wallFromMs;
      if (wall === 0 || from === to) continue;
      const isTooFast = (at: number) =>
        to - from > ruleSetAt(law, at).maxSpeed * wall * 1.1 + 250 + 1e-6;
      const since = beat.arrivedAt - session.startedAt;
      const placeAt = (w: number) =>
        from + Math.floor(((to - from) * (w - beat.wallFromMs)) / wall);

      let stepMs = 0;
      let stepAt = 0;
      const endStep = () => {
        if (stepMs === 0) return;
        const day = dayOf(stepAt);
        const cap = ruleSetAt(law, stepAt).dailyCapMs ?? Infinity;
        const onDay = learnerDays.get(day) ?? 0;
        const today = lesson.days.get(day) ?? { creditedMs: 0, spentMs: 0 };
        const earned = Math.min(stepMs, lesson.played.size - lesson.creditedMs);
        const credit = Math.min(earned, Math.max(0, cap - onDay));
        lesson.creditedMs += credit;
        lesson.spentMs += stepMs;
        learnerDays.set(day, onDay + credit);
        lesson.days.set(day, {
          creditedMs: today.creditedMs + credit,
          spentMs: today.spentMs + stepMs,
        });
        refuse('daily-cap', earned - credit);
        if (isTooFast(stepAt)) refuse('speed', stepMs);
        stepMs = 0;
      };

      for (let w = beat.wallFromMs; w < beat.wallToMs; w++) {
        const at = session.startedAt + w;
        const open = law.openIntervals.some(([opens, closes]) => at >= opens && at < closes);
        let clause = '';
        if (w >= since + 2000 + Math.floor(since / 1000)) clause = 'elapsed';
        else if (session.endedAt !== null && at >= session.endedAt) clause = 'one-stream';
        else if (!open) clause = 'class-open';
        else if (ruleSetAt(law, at).requireVisible && !beat.visible) clause = 'visible';
        else if (!isInTouch(at) || isHeld(law, at)) clause = 'presence';
        if (clause !== '' || dayOf(at) !== dayOf(stepAt)) endStep();
        stepAt = at;
        if (clause !== '') {
          refuse(clause, 1);
          continue;
        }
        stepMs++;
        if (isTooFast(at)) continue;
        for (let m = placeAt(w); m < placeAt(w + 1); m++) lesson.played.add(m);
      }
      endStep();
    }
  }
  return lessons.map(({ played, days, refused, creditedMs, spentMs }) => {
    const byDay = [...days].map(([day, credit]) => ({ day, ...credit }));
    return { creditedMs, coveredMs: played.size, spentMs, byDay, refused };
  });
}
