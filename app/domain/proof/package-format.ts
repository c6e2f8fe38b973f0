import type { Leaf } from './seal';

/** Whose records a package holds: everybody's, or those of learners who studied in a class or on certain days. */
export interface PackageScope {
  classId?: string;
  /** Days of the platform, both included. */
  from?: string;
  to?: string;
}

export const isWhole = ({ classId, from, to }: PackageScope) => !classId && !from && !to;

/** manifest.json of a package. */
export interface PackageManifest {
  format: 1;
  createdAt: string;
  zone: string;
  scope: PackageScope;
  lastSeal: { day: string; hash: string } | null;
  files: { name: string; lines: number; bytes: number; sha256: string }[];
}

/** The files of a package; each line of a file is one JSON text. */
export const FILES = {
  evidence: 'evidence.ndjson',
  seals: 'seals.ndjson',
  leaves: 'leaves.ndjson',
  proofs: 'proofs.ndjson',
  classes: 'facts/classes.ndjson',
  ruleSets: 'facts/rule-sets.ndjson',
  people: 'facts/people.ndjson',
  lessons: 'facts/lessons.ndjson',
  lessonTotals: 'totals/lesson-totals.ndjson',
  lessonDays: 'totals/lesson-days.ndjson',
  learnerDays: 'totals/learner-days.ndjson',
} as const;

/** A leaf's place in the tree of its day, in a package that does not hold all leaves. */
export interface LeafProof extends Pick<Leaf, 'day' | 'owner'> {
  index: number;
  path: string[];
}
