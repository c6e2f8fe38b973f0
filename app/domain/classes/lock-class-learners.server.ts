import type { Trx } from '~db/client.server';
import { lockLearners } from '../class-hours/lock-learners.server';
import { inChunks } from '../shared/in-chunks';

const PEOPLE_A_STATEMENT = 1000;

/**
 * Locks the learners of a class, before anything of theirs is counted anew or put to another producer. The class
 * is locked by the caller, so that nobody comes in meanwhile. Answers the enrollments. `now` is epoch ms.
 */
export async function lockClassLearners(trx: Trx, classId: string, now: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('enrollment')
    .select(['id', 'person_id'])
    .where('class_id', '=', classId)
    .execute();
  const people = rows.map((row) => row.person_id).sort();
  for (const some of inChunks(people, PEOPLE_A_STATEMENT)) await lockLearners(trx, some, now);
  return rows.map((row) => row.id);
}
