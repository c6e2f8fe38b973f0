import type { Db } from '~db/client.server';
import { announceJob } from '~/infra/job-signal.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { getManagedClass } from '../classes/get-managed-class.server';
import { lockClass } from '../classes/lock-class.server';
import { addJob } from '../jobs/add-job.server';
import { Conflict, NotFound } from '../shared/errors';
import { refuseSenseless } from './ask-recount.server';
import type { DecidedSwitch } from './recount-form';
import { getRulesInForce } from './rules-in-force.server';

/**
 * Decides a switch whose what-if was seen: from now on the class counts by it, and a job counts its learners
 * anew, one after another. Throws Conflict('stale-recount') while the what-if is not whole, once it was applied,
 * and when the class switched otherwise since it was asked for, Invalid where the class changed so that it makes
 * no sense any more, NotFound for a what-if of another class, and what getManagedClass throws.
 */
export async function applyRecount(
  db: Db,
  viewer: Viewer,
  input: { classId: string; decided: DecidedSwitch; now: number },
): Promise<void> {
  const { classId, now } = input;
  const { recountId, reason } = input.decided;
  await getManagedClass(db, viewer, classId);
  await db.transaction().execute(async (trx) => {
    await lockClass(trx, classId);
    const trainingClass = await getManagedClass(trx, viewer, classId);
    const recount = await trx
      .selectFrom('recount')
      .selectAll()
      .where('id', '=', recountId)
      .where('class_id', '=', classId)
      .executeTakeFirst();
    if (!recount) throw new NotFound();
    const decidedSince = await trx
      .selectFrom('class_rule_set')
      .select('id')
      .where('class_id', '=', classId)
      .where('decided_at', '>=', recount.asked_at)
      .executeTakeFirst();
    if (recount.previewed_at === null || recount.applied_at !== null || decidedSince) {
      throw new Conflict('stale-recount', 'The what-if does not hold any more.');
    }
    const asked = { fromDay: recount.from_day, versionId: recount.rule_set_version_id };
    await refuseSenseless(trx, trainingClass, asked);
    const before = await getRulesInForce(trx, classId, asked.fromDay);
    await trx
      .insertInto('class_rule_set')
      .values({
        id: recountId,
        class_id: classId,
        from_day: asked.fromDay,
        rule_set_version_id: asked.versionId,
        reason,
        decided_by: viewer.personId,
        decided_at: now,
      })
      .execute();
    await trx
      .updateTable('recount')
      .set({ applied_at: now, counted: 0, last_person_id: '' })
      .where('id', '=', recountId)
      .execute();
    await addJob(trx, { kind: 'recount-class', payload: { recountId }, now });
    const after = await getRulesInForce(trx, classId, asked.fromDay);
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: trainingClass.organizationId,
      action: 'switch-rule-set',
      subjectType: 'class',
      subjectId: classId,
      detail: {
        fromDay: asked.fromDay,
        from: { name: before.name, version: before.rules.version, versionId: before.versionId },
        to: { name: after.name, version: after.rules.version, versionId: after.versionId },
        reason,
      },
    });
  });
  announceJob();
}
