import type { KnownPlace } from './ledger-place';
import type { LessonTotal } from './lesson-totals.server';
import type { LockedLearner } from './lock-learners.server';
import type { Ranges } from './ranges';
import type { SessionReach } from './session-log';
import type { WatchSession } from './watch-session.server';

/** Who studies. */
export interface StudyingLearner extends LockedLearner {
  personId: string;
  /** What they are credited on days that were asked for, over all their classes, by day, ms. */
  credited: Map<string, number>;
}

/** A lesson in one of the learner's classes. */
export interface StudiedLesson {
  enrollmentId: string;
  lessonId: string;
  total: LessonTotal | undefined;
  /** Decided beside the law: added to what the learner is told, and to nothing else. */
  correctedMs: number;
  /** The length of the media the learner's newest session on this lesson started with. */
  lengthMs: number;
  /** Days of which the lesson and the learner have a row. */
  storedDays: readonly string[];
  /** Where the roll-ups have the lesson; undefined where nobody looked. */
  place: KnownPlace | undefined;
}

/** One session and its lesson as they stand; of one learner all share the learner, of one lesson the lesson. */
export interface Study {
  session: WatchSession;
  learner: StudyingLearner;
  lesson: StudiedLesson;
  endedAt: number | null;
  reach: SessionReach;
  /** False for the first beats of a session, and where the totals were taken away to be rebuilt. */
  reachKnown: boolean;
  /** When the session was in touch before this contact; empty where the reach is not known. */
  inTouch: Ranges;
}

const MOST_LEARNERS = 20_000;
const MOST_DAYS = 4;

/**
 * What a server process remembers of learners between their beats, one study each, so that the next beat need not
 * read it again. Whoever changes anything of a learner moves their version on, in whatever process: a study holds
 * while its learner's version is the stored one. A transaction changes the study itself; whose does not commit, or
 * changed more than their studies tell, is to be forgotten.
 */
export class StudyMemory {
  private readonly studies = new Map<string, Study>();

  /** The study of that session as it was kept, or undefined. */
  recall(session: { id: string; personId: string }): Study | undefined {
    const study = this.studies.get(session.personId);
    return study?.session.id === session.id ? study : undefined;
  }

  keep(study: Study): void {
    const { personId, credited } = study.learner;
    // Those who study over midnights: the next beat asks for its days again.
    if (credited.size > MOST_DAYS) credited.clear();
    this.studies.delete(personId);
    this.studies.set(personId, study);
    if (this.studies.size > MOST_LEARNERS) {
      this.studies.delete(this.studies.keys().next().value ?? '');
    }
  }

  forget(personId: string): void {
    this.studies.delete(personId);
  }
}
