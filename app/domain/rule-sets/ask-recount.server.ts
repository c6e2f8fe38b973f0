import type { Db, Trx } from '~db/client.server';
import { announceJob } from '~/infra/job-signal.server';
import type { Viewer } from '../accounts/viewer.server';
import { getManagedClass, type ManagedClass } from '../classes/get-managed-class.server';
import { addJob } from '../jobs/add-job.server';
import { Invalid } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import type { AskedSwitch } from './recount-form';
import { getRulesInForce } from './rules-in-force.server';

/**
 * Asks what a switch of a class to another version from a day on would make of its learners' credit; a job finds
 * out, and nothing is changed. Throws Invalid (message keys) for a day outside the class, a version that is
 * unknown, that has class hours of another length, or by which the class counts on that day already, and what
 * getManagedClass throws. Answers the recount's id.
 */
export async function askRecount(
  db: Db,
  viewer: Viewer,
  input: { classId: string; asked: AskedSwitch; now: number },
): Promise<string> {
  const { classId, asked, now } = input;
  const trainingClass = await getManagedClass(db, viewer, classId);
  const id = newId();
  await db.transaction().execute(async (trx) => {
    await refuseSenseless(trx, trainingClass, asked);
    await forgetOwnWhatIfs(trx, classId, viewer.personId);
    await trx
      .insertInto('recount')
      .values({
        id,
        class_id: classId,
        from_day: asked.fromDay,
        rule_set_version_id: asked.versionId,
        asked_by: viewer.personId,
        asked_at: now,
        learners: 0,
        counted: 0,
        last_person_id: '',
        previewed_at: null,
        applied_at: null,
        finished_at: null,
      })
      .execute();
    await addJob(trx, { kind: 'recount-class', payload: { recountId: id }, now });
  });
  announceJob();
  return id;
}

/** Throws Invalid where the switch makes no sense for the class as it stands. */
export async function refuseSenseless(
  trx: Trx,
  trainingClass: ManagedClass,
  asked: AskedSwitch,
): Promise<void> {
  const version = await trx
    .selectFrom('rule_set_version')
    .select('minutes_per_class_hour')
    .where('id', '=', asked.versionId)
    .executeTakeFirst();
  const refuse = (field: string, message: string) => {
    throw new Invalid([{ pointer: `/${field}`, message }]);
  };
  if (!version) refuse('versionId', 'choose-version');
  if (version?.minutes_per_class_hour !== trainingClass.minutesPerClassHour) {
    refuse('versionId', 'other-unit');
  }
  if (asked.fromDay < trainingClass.startsOn || asked.fromDay > trainingClass.endsOn) {
    refuse('fromDay', 'outside-class');
  }
  const now = await getRulesInForce(trx, trainingClass.id, asked.fromDay);
  if (now.versionId === asked.versionId) refuse('versionId', 'same-version');
}

async function forgetOwnWhatIfs(trx: Trx, classId: string, personId: string): Promise<void> {
  const own = trx
    .selectFrom('recount')
    .select('id')
    .where('class_id', '=', classId)
    .where('asked_by', '=', personId)
    .where('applied_at', 'is', null);
  await trx.deleteFrom('recount_learner').where('recount_id', 'in', own).execute();
  await trx.deleteFrom('recount').where('id', 'in', own).execute();
}
