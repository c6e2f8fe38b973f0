import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { Forbidden, Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { insertVersion } from './insert-version.server';
import type { RuleSetName, Rules } from './rule-set-form';

/**
 * Makes a rule set with its first version; bureau administrators only. Throws Invalid on `/name` or `/nameEn`
 * where another rule set has that name. Answers the rule set's id.
 */
export async function createRuleSet(
  db: Db,
  viewer: Viewer,
  input: { name: RuleSetName; rules: Rules; now: number },
): Promise<string> {
  if (!viewer.administrator) throw new Forbidden();
  const { name, nameEn } = input.name;
  const id = newId();
  await db.transaction().execute(async (trx) => {
    const taken = await trx
      .selectFrom('rule_set')
      .select(['name', 'name_en'])
      .where((eb) => eb.or([eb('name', '=', name), eb('name_en', '=', nameEn)]))
      .executeTakeFirst();
    if (taken) {
      const pointer = taken.name === name ? '/name' : '/nameEn';
      throw new Invalid([{ pointer, message: 'name-taken' }]);
    }
    await trx.insertInto('rule_set').values({ id, name, name_en: nameEn }).execute();
    await insertVersion(trx, { ruleSetId: id, version: 1, rules: input.rules, now: input.now });
    await recordAudit(trx, {
      at: input.now,
      actorId: viewer.personId,
      organizationId: null,
      action: 'create-rule-set',
      subjectType: 'rule-set',
      subjectId: id,
      detail: { name, nameEn, rules: input.rules },
    });
  });
  return id;
}
