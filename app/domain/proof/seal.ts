import { EVIDENCE_KINDS, type EvidenceKind, type EvidenceLine } from './evidence-line';
import type { Hashing } from './merkle-tree';

/** How many records of each kind; every kind is named. */
export type KindCounts = Record<EvidenceKind, number>;

/** What a day's seal says. Moments are epoch ms, `[fromAt, toAt)`; hashes are SHA-256 in hex. */
export interface SealContent {
  day: string;
  fromAt: number;
  toAt: number;
  /** The hash of the day before; of the first day, `NO_SEAL`. */
  previous: string;
  counts: KindCounts;
  /** How many learners and classes something arrived of. */
  leaves: number;
  /** The root of the hash tree over their leaves, in the order of their names. */
  root: string;
}

/** What arrived on a day of one learner (`person:ID`) or one class (`class:ID`). */
export interface Leaf {
  day: string;
  owner: string;
  hash: string;
  lines: number;
  /** Eight characters a line: what finds the line that was altered. The proof is the hash. */
  marks: string;
}

export const NO_SEAL = '0'.repeat(64);
export const MARK_LENGTH = 8;

export const noCounts = (): KindCounts =>
  Object.fromEntries(EVIDENCE_KINDS.map((kind) => [kind, 0])) as KindCounts;

/** The hash of a seal: over its content as JSON, keys in this order. When it was made is no part of it. */
export function sealHash(seal: SealContent, hashing: Hashing): string {
  const { day, fromAt, toAt, previous, leaves, root } = seal;
  const counts = Object.fromEntries(EVIDENCE_KINDS.map((kind) => [kind, seal.counts[kind]]));
  return hashing.text(JSON.stringify({ day, fromAt, toAt, previous, counts, leaves, root }));
}

/** The mark of a line: the first eight hex digits of its hash. */
export const markOf = (text: string, hashing: Hashing) => hashing.text(text).slice(0, MARK_LENGTH);

/** The leaf of an owner's sorted lines of one day. A leading letter keeps leaves apart from nodes, which are bytes. */
export function leafOf(
  day: string,
  owner: string,
  lines: readonly Pick<EvidenceLine, 'text'>[],
  hashing: Hashing,
): Leaf {
  const texts = lines.map((line) => line.text);
  const hash = hashing.text(['leaf', day, owner, ...texts].join('\n'));
  const marks = texts.map((text) => markOf(text, hashing)).join('');
  return { day, owner, hash, lines: texts.length, marks };
}

/** UTF-16 code units: one order on every engine. */
export const byOwner = (a: { owner: string }, b: { owner: string }) =>
  a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0;

/** How the lines of a leaf differ from those that were sealed. */
export interface LineDifference {
  /** The place of the line among the leaf's, from 0; of a missing one, where it was. */
  index: number;
  what: 'altered' | 'added' | 'missing' | 'moved';
}

/** The first line that is not as it was sealed, by the marks; undefined where the marks agree. */
export function firstDifference(
  lines: readonly string[],
  marks: string,
  hashing: Hashing,
): LineDifference | undefined {
  const found = lines.map((text) => markOf(text, hashing));
  const sealed: string[] = marks.match(/.{1,8}/g) ?? [];
  const index = Array.from({ length: Math.max(found.length, sealed.length) }, (_, at) => at).find(
    (at) => found[at] !== sealed[at],
  );
  if (index === undefined) return undefined;
  const [is, was] = [found[index], sealed[index]];
  if (was === undefined) return { index, what: 'added' };
  if (is === undefined) return { index, what: 'missing' };
  const [sealedElsewhere, foundElsewhere] = [sealed.includes(is), found.includes(was)];
  if (sealedElsewhere && foundElsewhere) return { index, what: 'moved' };
  if (sealedElsewhere && found.length < sealed.length) return { index, what: 'missing' };
  if (foundElsewhere && found.length > sealed.length) return { index, what: 'added' };
  return { index, what: 'altered' };
}
