import type { Finding } from './check-leaves.server';
import { FILES } from './package-format';
import { PackageReader } from './package-reader.server';
import type { RecountedLearner } from './recount-learner';

type Figures = Map<string, Record<string, unknown>>;

/** Holds the totals of a package against what the records amount to. */
export class TotalsCheck {
  totals = 0;

  private constructor(
    private readonly lessonTotals: PackageReader,
    private readonly lessonDays: PackageReader,
    private readonly learnerDays: PackageReader,
    private readonly say: (finding: Finding) => void,
  ) {}

  static async open(folder: string, say: (finding: Finding) => void): Promise<TotalsCheck> {
    return new TotalsCheck(
      await PackageReader.open(folder, FILES.lessonTotals),
      await PackageReader.open(folder, FILES.lessonDays),
      await PackageReader.open(folder, FILES.learnerDays),
      say,
    );
  }

  get readers(): PackageReader[] {
    return [this.lessonTotals, this.lessonDays, this.learnerDays];
  }

  /** One learner's totals; learners come in the order of their ids. */
  async checkLearner(personId: string, counted: RecountedLearner): Promise<void> {
    await this.compare(this.lessonTotals, personId, counted.lessons, ['enrollmentId', 'lessonId']);
    const keys = ['enrollmentId', 'lessonId', 'day'];
    await this.compare(this.lessonDays, personId, counted.lessonDays, keys);
    await this.compare(this.learnerDays, personId, counted.learnerDays, ['day']);
  }

  async finish(): Promise<void> {
    for (const reader of this.readers) {
      for (const line of await reader.takeWhile(() => true)) this.stray(reader, line.number);
    }
  }

  private stray(reader: PackageReader, line: number): void {
    const says = 'a total without any record behind it 合计没有记录支持';
    this.say({ file: reader.name, line, says });
  }

  private async compare(
    reader: PackageReader,
    personId: string,
    counted: Figures,
    keys: readonly string[],
  ): Promise<void> {
    const left = new Map(counted);
    const rows = await reader.takeWhile(({ value }) => String(value?.personId) <= personId);
    for (const { number, value } of rows) {
      const key = keys.map((name) => String(value?.[name])).join(' ');
      const figures = value?.personId === personId ? left.get(key) : undefined;
      this.totals += 1;
      if (!figures) {
        this.stray(reader, number);
        continue;
      }
      left.delete(key);
      for (const [name, is] of Object.entries(figures)) {
        const was = value?.[name] ?? 0;
        if (JSON.stringify(was) === JSON.stringify(is)) continue;
        const says = `${name} is ${JSON.stringify(was)}, counted from the records ${JSON.stringify(is)} 合计与记录不符`;
        this.say({ file: reader.name, line: number, says });
      }
    }
    const line = rows.at(-1)?.number ?? reader.next?.number ?? 0;
    for (const [key, figures] of left) {
      if (Object.values(figures).every((figure) => !figure || isEmptyList(figure))) continue;
      const says = `no total for ${key} of ${personId} 缺少合计`;
      this.say({ file: reader.name, line, says });
    }
  }
}

const isEmptyList = (figure: unknown) => Array.isArray(figure) && figure.length === 0;
