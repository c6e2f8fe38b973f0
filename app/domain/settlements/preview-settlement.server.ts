import type { Db } from '~db/client.server';
import type { ManagedClass } from '../classes/get-managed-class.server';
import { loadCredits, type LearnerCredit } from './load-credits.server';
import { dayAfter, nextPeriod, type NextPeriod } from './next-period.server';
import { settlementLines, sumOf, type SettledCredit } from './settlement-lines';

export type LearnerLine = SettledCredit & Pick<LearnerCredit, 'personId' | 'name'>;

export interface SettlementPreview extends NextPeriod {
  /** The last day it can close; before `fromDay` where none has ended yet. */
  latestDay: string;
  toDay: string;
  lines: LearnerLine[];
  totalMs: number;
}

/** What the next settlement of a class would say up to `toDay`, or up to the last day that can be closed. `today` has not ended. */
export async function previewSettlement(
  db: Db,
  trainingClass: ManagedClass,
  { toDay, today }: { toDay: string | undefined; today: string },
): Promise<SettlementPreview> {
  const { number, fromDay } = await nextPeriod(db, trainingClass);
  const latestDay = dayAfter(today, -1);
  const { endsOn } = trainingClass;
  const usual = fromDay <= endsOn && endsOn < latestDay ? endsOn : latestDay;
  const wanted = toDay !== undefined && fromDay <= toDay && toDay <= latestDay ? toDay : usual;
  const credits = await loadCredits(db, trainingClass.id, fromDay, wanted);
  const lines = withNames(credits);
  return { number, fromDay, latestDay, toDay: wanted, lines, totalMs: sumOf(lines) };
}

/** The lines of a settlement with whose they are. */
export function withNames(credits: readonly LearnerCredit[]): LearnerLine[] {
  return settlementLines(credits).map((line, index) => {
    const { personId, name } = credits[index]!;
    return { ...line, personId, name };
  });
}
