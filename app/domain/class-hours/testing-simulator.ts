import type { Beat, LessonLaw, WatchSessionFact } from './rule-set';

/**
 * The law of class hours a second time, for tests: it walks every millisecond of every beat and keeps the
 * media played in a set. It shares no function with the fold and knows only the zone UTC+8.
 */
export function simulateLesson(
  sessions: readonly WatchSessionFact[],
  beatsBySession: ReadonlyMap<string, readonly Beat[]>,
  law: LessonLaw,
  capMs: number,
) {
  const played = new Set<number>();
  const days = new Map<string, { creditedMs: number; spentMs: number }>();
  const refused = new Map<string, number>();
  let creditedMs = 0;
  let spentMs = 0;

  for (const session of [...sessions].sort((a, b) => a.number - b.number)) {
    const beats = [...(beatsBySession.get(session.id) ?? [])];
    for (const beat of beats.sort((a, b) => a.wallFromMs - b.wallFromMs)) {
      const refuse = (clause: string, ms: number) => {
        const key = `${session.id}/${beat.seq}/${clause}`;
        if (ms > 0) refused.set(key, (refused.get(key) ?? 0) + ms);
      };
      const from = Math.min(beat.mediaFromMs, session.durationMs);
      const to = Math.min(beat.mediaToMs, session.durationMs);
      const wall = beat.wallToMs - beat.wallFromMs;
      if (wall === 0 || from === to) continue;
      const tooFast = to - from > law.ruleSet.maxSpeed * wall * 1.1 + 250 + 1e-6;
      const since = beat.arrivedAt - session.startedAt;
      const placeAt = (w: number) =>
        from + Math.floor(((to - from) * (w - beat.wallFromMs)) / wall);

      let stepMs = 0;
      let stepDay = '';
      const endStep = () => {
        if (stepMs === 0) return;
        const today = days.get(stepDay) ?? { creditedMs: 0, spentMs: 0 };
        const earned = Math.min(stepMs, played.size - creditedMs);
        const credit = Math.min(earned, capMs - today.creditedMs);
        creditedMs += credit;
        spentMs += stepMs;
        days.set(stepDay, {
          creditedMs: today.creditedMs + credit,
          spentMs: today.spentMs + stepMs,
        });
        refuse('daily-cap', earned - credit);
        if (tooFast) refuse('speed', stepMs);
        stepMs = 0;
      };

      for (let w = beat.wallFromMs; w < beat.wallToMs; w++) {
        const at = session.startedAt + w;
        const open = law.openIntervals.some(([opens, closes]) => at >= opens && at < closes);
        let clause = '';
        if (w >= since + 2000 + Math.floor(since / 1000)) clause = 'elapsed';
        else if (session.endedAt !== null && at >= session.endedAt) clause = 'one-stream';
        else if (!open) clause = 'class-open';
        else if (law.ruleSet.requireVisible && !beat.visible) clause = 'visible';
        const day = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
        if (clause !== '' || day !== stepDay) endStep();
        stepDay = day;
        if (clause !== '') {
          refuse(clause, 1);
          continue;
        }
        stepMs++;
        if (!tooFast) for (let m = placeAt(w); m < placeAt(w + 1); m++) played.add(m);
      }
      endStep();
    }
  }
  const byDay = [...days].map(([day, credit]) => ({ day, ...credit }));
  return { creditedMs, coveredMs: played.size, spentMs, byDay, refused };
}
