import type { Db } from '~db/client.server';

/** How many classes count by each version on that day, by the version's id; versions of none are left out. */
export async function countClassesByVersion(db: Db, day: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('training_class')
        .select((one) => [
          'training_class.id',
          one.fn
            .coalesce(
              one
                .selectFrom('class_rule_set')
                .select('class_rule_set.rule_set_version_id')
                .whereRef('class_rule_set.class_id', '=', 'training_class.id')
                .where('class_rule_set.from_day', '<=', day)
                .orderBy('class_rule_set.from_day', 'desc')
                .orderBy('class_rule_set.decided_at', 'desc')
                .orderBy('class_rule_set.id', 'desc')
                .limit(1),
              'training_class.rule_set_version_id',
            )
            .as('version_id'),
        ])
        .as('counting'),
    )
    .select((eb) => ['counting.version_id', eb.fn.countAll<number>().as('classes')])
    .groupBy('counting.version_id')
    .execute();
  return new Map(rows.map((row) => [row.version_id, Number(row.classes)]));
}
