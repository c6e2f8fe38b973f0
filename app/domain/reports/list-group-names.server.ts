import type { Db } from '~db/client.server';
import type { Grouping } from './class-hour-filter';

const AT_ONCE = 500;

/** The names behind the keys of a grouping; months and days are their own. */
export async function listGroupNames(
  db: Db,
  by: Grouping,
  keys: string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (by === 'month' || by === 'day') return names;
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const rows = await readNames(db, by, keys.slice(start, start + AT_ONCE));
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}

function readNames(
  db: Db,
  by: Exclude<Grouping, 'month' | 'day'>,
  ids: string[],
): Promise<{ id: string; name: string }[]> {
  if (by === 'learner') {
    return db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute();
  }
  if (by === 'class' || by === 'course') {
    const table = by === 'class' ? 'training_class' : 'course';
    return db.selectFrom(table).select(['id', 'title as name']).where('id', 'in', ids).execute();
  }
  return db.selectFrom('organization').select(['id', 'name']).where('id', 'in', ids).execute();
}
