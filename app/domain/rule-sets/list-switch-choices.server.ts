import type { Db } from '~db/client.server';

/** A version a class may switch to. */
export interface SwitchChoice {
  versionId: string;
  name: string;
  nameEn: string;
  version: number;
}

/** Every published version whose class hours are as long as the class's, by name and the newest first. */
export function listSwitchChoices(db: Db, minutesPerClassHour: number): Promise<SwitchChoice[]> {
  return db
    .selectFrom('rule_set_version')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select([
      'rule_set_version.id as versionId',
      'rule_set.name',
      'rule_set.name_en as nameEn',
      'rule_set_version.version',
    ])
    .where('rule_set_version.minutes_per_class_hour', '=', minutesPerClassHour)
    .orderBy('rule_set.name')
    .orderBy('rule_set.id')
    .orderBy('rule_set_version.version', 'desc')
    .execute();
}
