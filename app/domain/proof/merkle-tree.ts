/** SHA-256 of a text in UTF-8, or of bytes given in hex after a one-byte prefix; hex. */
export interface Hashing {
  text(text: string): string;
  node(left: string, right: string): string;
}

/** Hashes from the leaves up to the root: the hash tree of RFC 9162, section 2.1.1. */
export function treeLevels(leaves: readonly string[], hashing: Hashing): string[][] {
  const levels = [[...leaves]];
  for (let below = levels[0]!; below.length > 1; below = levels[levels.length - 1]!) {
    const above: string[] = [];
    for (let at = 0; at < below.length; at += 2) {
      const [left, right] = [below[at]!, below[at + 1]];
      above.push(right === undefined ? left : hashing.node(left, right));
    }
    levels.push(above);
  }
  return levels;
}

/** The root of a tree; of no leaves it is the hash of nothing. */
export function rootOf(leaves: readonly string[], hashing: Hashing): string {
  return treeLevels(leaves, hashing).at(-1)![0] ?? hashing.text('');
}

/** The hashes that lead from a leaf to the root, the lowest first: the proof that it is in the tree. */
export function pathOf(levels: readonly string[][], index: number): string[] {
  const path: string[] = [];
  let at = index;
  for (const level of levels.slice(0, -1)) {
    const sibling = level[at ^ 1];
    if (sibling !== undefined) path.push(sibling);
    at >>= 1;
  }
  return path;
}

/** The root that a leaf and its path lead to in a tree of `size` leaves; undefined when the path has another length. */
export function rootByPath(
  leaf: { hash: string; index: number; path: readonly string[] },
  size: number,
  hashing: Hashing,
): string | undefined {
  let { hash, index } = leaf;
  let used = 0;
  for (let width = size; width > 1; width = (width + 1) >> 1, index >>= 1) {
    if (index % 2 === 0 && index + 1 >= width) continue;
    const sibling = leaf.path[used++];
    if (sibling === undefined) return undefined;
    hash = index % 2 === 0 ? hashing.node(hash, sibling) : hashing.node(sibling, hash);
  }
  return used === leaf.path.length && leaf.index < size ? hash : undefined;
}

/** Adds leaves one by one and gives the root at any time, in memory of the tree's height. */
export class GrowingTree {
  size = 0;
  /** Roots of full subtrees, the widest first. */
  private readonly peaks: string[] = [];

  constructor(private readonly hashing: Hashing) {}

  add(leaf: string): void {
    this.peaks.push(leaf);
    this.size += 1;
    for (let width = this.size; width % 2 === 0; width /= 2) {
      const right = this.peaks.pop()!;
      this.peaks.push(this.hashing.node(this.peaks.pop()!, right));
    }
  }

  root(): string {
    if (this.peaks.length === 0) return this.hashing.text('');
    return this.peaks.reduceRight((right, left) => this.hashing.node(left, right));
  }
}
