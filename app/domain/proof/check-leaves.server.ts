import { EVIDENCE_KINDS, type EvidenceKind } from './evidence-line';
import type { StoredSeal } from './list-seals.server';
import { GrowingTree, rootByPath } from './merkle-tree';
import { FILES, type LeafProof } from './package-format';
import type { PackageLine, PackageReader } from './package-reader.server';
import { firstDifference, leafOf, noCounts, NO_SEAL, sealHash, type KindCounts } from './seal';
import { sha256 } from './sha256.server';

export interface Finding {
  file: string;
  /** From 1; 0 where the finding is of the whole file. */
  line: number;
  says: string;
}

interface DayTally {
  tree: GrowingTree;
  counts: KindCounts;
}

const HOW = {
  altered: 'this record is not the one that was sealed 记录被改动',
  added: 'this record was added after sealing 记录是封存后添加的',
  missing: 'a record that stood here is missing 此处缺少一条记录',
  moved: 'records have changed places here 记录顺序被调换',
} as const;

/** Holds the records of a package against its leaves, and the leaves against the daily seals. */
export class LeafCheck {
  private readonly tallies = new Map<string, DayTally>();
  private readonly sealed: ReadonlyMap<string, StoredSeal>;
  leaves = 0;
  unsealedRecords = 0;

  constructor(
    private readonly seals: readonly StoredSeal[],
    /** By `day owner`, in a package that does not hold all leaves; undefined in one that does. */
    private readonly proofs: ReadonlyMap<string, LeafProof> | undefined,
    private readonly say: (finding: Finding) => void,
  ) {
    this.sealed = new Map(seals.map((seal) => [seal.day, seal]));
  }

  /** The chain of the seals themselves. */
  checkChain(): void {
    this.seals.forEach((seal, index) => {
      const before = this.seals[index - 1];
      const line = index + 1;
      const broken =
        seal.previous !== (before?.hash ?? NO_SEAL) || (before && seal.fromAt !== before.toAt);
      if (seal.hash !== sealHash(seal, sha256)) {
        this.say({
          file: FILES.seals,
          line,
          says: `the seal of ${seal.day} was altered 封存被改动`,
        });
      } else if (broken) {
        const says = `the seal of ${seal.day} does not follow the day before 封存不相接`;
        this.say({ file: FILES.seals, line, says });
      }
    });
  }

  /** One owner's records by day, with the line of each day's heading, against the owner's leaves. */
  async checkOwner(
    owner: string,
    days: readonly { day: string; heading: number; records: PackageLine[] }[],
    leaves: PackageReader,
  ): Promise<void> {
    const own = await leaves.takeWhile(({ value }) => String(value?.owner) <= owner);
    const expected = new Map(own.map((line) => [String(line.value?.day), line]));
    for (const line of own) {
      if (line.value?.owner !== owner) this.missing(line);
    }
    for (const { day, heading, records } of days) {
      const seal = this.sealed.get(day);
      const leaf = expected.get(day);
      expected.delete(day);
      if (!seal) {
        this.unsealedRecords += records.length;
        continue;
      }
      if (leaf?.value?.owner !== owner) {
        const says = `records of ${owner} that were not sealed on ${day} 当日封存里没有这些记录`;
        this.say({ file: FILES.evidence, line: heading, says });
        continue;
      }
      this.checkRecords(day, owner, heading, records, leaf);
      this.tally(day, owner, leaf, records);
    }
    for (const line of expected.values()) if (line.value?.owner === owner) this.missing(line);
  }

  private missing({ number, value }: PackageLine): void {
    const says = `all records of ${String(value?.owner)} of ${String(value?.day)} are missing in ${FILES.evidence} 当日记录全部缺失`;
    this.say({ file: FILES.leaves, line: number, says });
  }

  private checkRecords(
    day: string,
    owner: string,
    heading: number,
    records: PackageLine[],
    leaf: PackageLine,
  ): void {
    const found = leafOf(day, owner, records, sha256);
    if (found.hash === leaf.value?.hash) return;
    const texts = records.map(({ text }) => text);
    const difference = firstDifference(texts, String(leaf.value?.marks), sha256);
    if (!difference) {
      const says = `the leaf of ${owner} of ${day} was altered 指纹被改动`;
      this.say({ file: FILES.leaves, line: leaf.number, says });
      return;
    }
    const { index, what } = difference;
    const record = what === 'missing' ? '' : `: ${texts[index] ?? ''}`;
    this.say({ file: FILES.evidence, line: heading + 1 + index, says: HOW[what] + record });
  }

  private tally(day: string, owner: string, leaf: PackageLine, records: PackageLine[]): void {
    const hash = String(leaf.value?.hash);
    this.leaves += 1;
    const seal = this.sealed.get(day)!;
    if (this.proofs) {
      const proof = this.proofs.get(`${day} ${owner}`);
      const root = proof && rootByPath({ hash, ...proof }, seal.leaves, sha256);
      if (root !== seal.root) {
        const says = `the leaf of ${owner} is not in the sealed tree of ${day} 不在当日封存里`;
        this.say({ file: FILES.leaves, line: leaf.number, says });
      }
      return;
    }
    const known = this.tallies.get(day) ?? { tree: new GrowingTree(sha256), counts: noCounts() };
    this.tallies.set(day, known);
    known.tree.add(hash);
    for (const { value } of records) {
      const kind = value?.kind as EvidenceKind;
      if (EVIDENCE_KINDS.includes(kind)) known.counts[kind] += 1;
    }
  }

  /** The leaves that are left, and in a whole package the root and the counts of each day. */
  async finish(leaves: PackageReader): Promise<void> {
    for (const line of await leaves.takeWhile(() => true)) this.missing(line);
    if (this.proofs) return;
    this.seals.forEach((seal, index) => {
      const { tree, counts } = this.tallies.get(seal.day) ?? {
        tree: new GrowingTree(sha256),
        counts: noCounts(),
      };
      const wrongCount = EVIDENCE_KINDS.find((kind) => counts[kind] !== seal.counts[kind]);
      const file = FILES.seals;
      if (tree.root() !== seal.root) {
        const says = `the leaves of ${seal.day} are not those that were sealed 当日指纹与封存不符`;
        this.say({ file, line: index + 1, says });
      } else if (wrongCount) {
        const says = `${seal.day}: ${counts[wrongCount]} ${wrongCount}, sealed ${seal.counts[wrongCount]} 条数与封存不符`;
        this.say({ file, line: index + 1, says });
      }
    });
  }
}
