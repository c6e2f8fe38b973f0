import type { Db } from '~db/client.server';

/** When the first evidence of all arrived, epoch ms; undefined while there is none. Whatever else comes follows a session. */
export async function earliestArrival(db: Db): Promise<number | undefined> {
  const moments = [
    await db
      .selectFrom('watch_session')
      .select(({ fn }) => fn.min<number | null>('started_at').as('at'))
      .executeTakeFirst(),
    await db
      .selectFrom('enrollment_status')
      .select(({ fn }) => fn.min<number | null>('from_at').as('at'))
      .executeTakeFirst(),
    await db
      .selectFrom('class_rule_set')
      .select(({ fn }) => fn.min<number | null>('decided_at').as('at'))
      .executeTakeFirst(),
  ].flatMap((row) => row?.at ?? []);
  return moments.length === 0 ? undefined : Math.min(...moments);
}
