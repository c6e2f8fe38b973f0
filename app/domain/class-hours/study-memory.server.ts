import type { KnownPlace } from './ledger-place';
import type { SessionStanding } from './session-standings.server';

/** Where a learner's study stood once their latest beats were stored. */
export interface KnownStudy {
  personId: string;
  sessionId: string;
  enrollmentId: string;
  lessonId: string;
  /** Of the learner when it was stored. */
  version: number;
  standing: SessionStanding;
  /** What the learner was credited over all classes on the days of their latest beats, by day, ms. */
  credited: ReadonlyMap<string, number>;
  /** Days of which the lesson and the learner have a row. */
  storedDays: readonly string[];
  /** Where the roll-ups have the lesson; undefined where nobody looked. */
  place: KnownPlace | undefined;
}

const MOST_LEARNERS = 20_000;

/**
 * What a server process remembers of learners between their beats, one study each, so that the next beat need not
 * read it again. Whoever changes anything of a learner locks them first, in whatever process, and each lock gives
 * the learner the next version: a study is recalled only under the lock that follows the one it was stored under.
 */
export class StudyMemory {
  private readonly studies = new Map<string, KnownStudy>();

  /** The study of that session as it stands under the lock of that version, or undefined. */
  recall(session: { id: string; personId: string }, version: number): KnownStudy | undefined {
    const study = this.studies.get(session.personId);
    const isNext = study?.sessionId === session.id && study.version + 1 === version;
    return isNext ? study : undefined;
  }

  /** Keeps a study that the transaction under way stores; `forget` it where that does not commit. */
  keep(study: KnownStudy): void {
    this.studies.delete(study.personId);
    this.studies.set(study.personId, study);
    if (this.studies.size > MOST_LEARNERS) {
      this.studies.delete(this.studies.keys().next().value ?? '');
    }
  }

  forget(personId: string): void {
    this.studies.delete(personId);
  }
}
