import type { Beat } from '../class-hours/rule-set';
import type { StatusFact } from '../class-hours/open-intervals';
import type { LearnerRecords } from './recount-learner';

export const noRecords = (): LearnerRecords => ({
  statuses: new Map(),
  sessions: [],
  beats: new Map(),
  checks: new Map(),
  answers: new Map(),
  corrections: [],
});

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/** Adds one line of evidence, parsed, to a learner's records; kinds the law does not read are passed over. */
export function addRecord(records: LearnerRecords, line: Record<string, unknown>): void {
  const text = (key: string) => String(line[key]);
  const number = (key: string) => Number(line[key]);
  const at = number('at');
  switch (line.kind) {
    case 'enrollment-status': {
      const known = records.statuses.get(text('enrollmentId'));
      const fact = { id: text('id'), status: text('status') as StatusFact['status'], fromAt: at };
      if (known) known.facts.push(fact);
      else records.statuses.set(text('enrollmentId'), { classId: text('classId'), facts: [fact] });
      break;
    }
    case 'session': {
      const of = { enrollmentId: text('enrollmentId'), lessonId: text('lessonId') };
      const length = { durationMs: number('durationMs'), number: number('number') };
      records.sessions.push({ id: text('id'), ...of, ...length, startedAt: at });
      break;
    }
    case 'beat': {
      const beat: Beat = {
        seq: number('seq'),
        wallFromMs: number('wallFromMs'),
        wallToMs: number('wallToMs'),
        mediaFromMs: number('mediaFromMs'),
        mediaToMs: number('mediaToMs'),
        visible: line.visible === true,
        arrivedAt: at,
      };
      push(records.beats, text('sessionId'), beat);
      break;
    }
    case 'check-asked':
      records.checks.set(text('id'), { askedAt: at, passedAt: null });
      break;
    case 'check-passed': {
      const check = records.checks.get(text('id'));
      if (check) check.passedAt = at;
      break;
    }
    case 'question-answered':
      push(records.answers, text('sessionId'), at);
      break;
    case 'correction': {
      const of = { enrollmentId: text('enrollmentId'), lessonId: text('lessonId') };
      const what = { day: text('day'), ms: number('ms'), cause: text('cause') };
      records.corrections.push({ ...of, ...what });
      break;
    }
  }
}
