import type { Db } from '~db/client.server';

/** How far a class's signals are drawn. Moments are epoch ms. */
export interface SignalStanding {
  /** Learners of the class who have studied. */
  learners: number;
  /** How many of them have evidence that was not looked through yet. */
  waiting: number;
  /** When any of them was looked through last; null before the first time. */
  scannedAt: number | null;
  /** Since when it is known what was served to whom; null before the first time. */
  servedSince: number | null;
}

/** How far a class's signals are drawn, and since when servings are known. */
export async function getSignalStanding(db: Db, classId: string): Promise<SignalStanding> {
  const counted = await db
    .selectFrom('enrollment')
    .innerJoin('learner_stream', 'learner_stream.person_id', 'enrollment.person_id')
    .leftJoin('signal_scan', 'signal_scan.person_id', 'enrollment.person_id')
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('learners'),
      fn.max<number | null>('signal_scan.scanned_at').as('scannedAt'),
      fn
        .sum<number | null>(
          eb
            .case()
            .when(
              eb.or([
                eb('signal_scan.seen_to_at', 'is', null),
                eb('learner_stream.last_at', '>', eb.ref('signal_scan.seen_to_at')),
              ]),
            )
            .then(1)
            .else(0)
            .end(),
        )
        .as('waiting'),
    ])
    .where('enrollment.class_id', '=', classId)
    .executeTakeFirstOrThrow();
  const served = await db
    .selectFrom('media_serving')
    .select(({ fn }) => fn.min<number | null>('first_at').as('at'))
    .executeTakeFirst();
  return {
    learners: Number(counted.learners),
    waiting: Number(counted.waiting ?? 0),
    scannedAt: counted.scannedAt === null ? null : Number(counted.scannedAt),
    servedSince: served?.at ?? null,
  };
}
