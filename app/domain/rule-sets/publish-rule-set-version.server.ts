import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { ruleSetColumns, toRuleSet } from '../class-hours/lesson-law.server';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors';
import { insertVersion } from './insert-version.server';
import { ruleChanges } from './rule-changes';
import type { Rules } from './rule-set-form';

/**
 * Publishes the next version of a rule set; earlier ones stay as they are, and classes go on counting by theirs
 * until somebody switches them. Bureau administrators only. Throws Conflict('stale-rule-set') when somebody
 * published after `newest` was read, Invalid where nothing differs from it. Answers the new version's number.
 */
export async function publishRuleSetVersion(
  db: Db,
  viewer: Viewer,
  input: { ruleSetId: string; newest: number; rules: Rules; now: number },
): Promise<number> {
  if (!viewer.administrator) throw new Forbidden();
  const { ruleSetId, rules, now } = input;
  return db.transaction().execute(async (trx) => {
    // Takes the row, so that versions are numbered one after another.
    await trx
      .updateTable('rule_set')
      .set((eb) => ({ name: eb.ref('name') }))
      .where('id', '=', ruleSetId)
      .execute();
    const newest = await trx
      .selectFrom('rule_set_version')
      .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
      .select(ruleSetColumns)
      .where('rule_set.id', '=', ruleSetId)
      .orderBy('rule_set_version.version', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!newest) throw new NotFound();
    if (newest.version !== input.newest) {
      throw new Conflict('stale-rule-set', 'Somebody published a version first.');
    }
    const changed = ruleChanges(toRuleSet(newest), rules);
    if (changed.length === 0) throw new Invalid([{ pointer: '/form', message: 'nothing-changed' }]);
    const version = newest.version + 1;
    const versionId = await insertVersion(trx, { ruleSetId, version, rules, now });
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: null,
      action: 'publish-rule-set-version',
      subjectType: 'rule-set',
      subjectId: ruleSetId,
      detail: { version, versionId, name: newest.name, changed, rules },
    });
    return version;
  });
}
