import type { Db } from '~db/client.server';
import type { RecountTable } from '~db/tables/recounts';
import type { RuleSwitch } from '../class-hours/fold-under-rules.server';
import { ruleSetColumns, toRuleSet } from '../class-hours/lesson-law.server';
import { boundsOfDay } from '../class-hours/platform-day';
import { previewLearner } from './preview-learner.server';
import { recountLearner } from './recount-learner.server';

const PEOPLE_A_QUERY = 50;

/** One learner of a recount, with who was done before them. */
export interface RecountStep {
  recountId: string;
  given: RuleSwitch;
  personId: string;
  enrollmentId: string;
  after: string;
  zone: string;
  now: number;
}

/**
 * The job of a recount: its what-if, or once it is decided the recount itself, over the learners one after
 * another, each in a transaction of its own. Interrupted, it goes on where it was; run twice, it does nothing
 * twice. A recount that was forgotten is nothing to do. Throws when `signal` ends it.
 */
export async function runRecount(
  db: Db,
  recountId: string,
  tools: { zone: string; now: () => number; signal: AbortSignal },
): Promise<void> {
  const recount = await db
    .selectFrom('recount')
    .selectAll()
    .where('id', '=', recountId)
    .executeTakeFirst();
  if (!recount) return;
  const applying = recount.applied_at !== null;
  if (applying ? recount.finished_at !== null : recount.previewed_at !== null) return;
  const { fromAt } = boundsOfDay(recount.from_day, tools.zone);
  const given = await loadSwitch(db, recount);
  const decision = applying ? await loadDecision(db, recountId) : null;
  await db
    .updateTable('recount')
    .set({ learners: await countLearners(db, recount.class_id, fromAt) })
    .where('id', '=', recountId)
    .execute();
  let after = recount.last_person_id;
  for (;;) {
    const people = await listLearners(db, { classId: recount.class_id, fromAt, after });
    for (const { personId, enrollmentId } of people) {
      tools.signal.throwIfAborted();
      const now = tools.now();
      const step = { recountId, given, personId, enrollmentId, after, zone: tools.zone, now };
      await (decision ? recountLearner(db, step, decision) : previewLearner(db, step));
      after = personId;
      await nextTurn();
    }
    if (people.length < PEOPLE_A_QUERY) break;
  }
  const done = tools.now();
  await db
    .updateTable('recount')
    .set(applying ? { finished_at: done } : { previewed_at: done })
    .where('id', '=', recountId)
    .where('applied_at', applying ? 'is not' : 'is', null)
    .execute();
}

// On SQLite a query never waits: without a turn for others a whole class would be one long stop.
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function loadSwitch(db: Db, recount: RecountTable): Promise<RuleSwitch> {
  const row = await db
    .selectFrom('rule_set_version')
    .innerJoin('rule_set', 'rule_set.id', 'rule_set_version.rule_set_id')
    .select(ruleSetColumns)
    .where('rule_set_version.id', '=', recount.rule_set_version_id)
    .executeTakeFirstOrThrow();
  const { id, class_id: classId, from_day: fromDay } = recount;
  return { id, classId, fromDay, ruleSet: toRuleSet(row) };
}

const loadDecision = (db: Db, recountId: string) =>
  db
    .selectFrom('class_rule_set')
    .select(['reason', 'decided_by as decidedBy'])
    .where('id', '=', recountId)
    .executeTakeFirstOrThrow();

/** Whoever may have studied in the class since that moment, epoch ms. */
const studiedSince = (db: Db, classId: string, fromAt: number) =>
  db
    .selectFrom('watch_session')
    .innerJoin('enrollment', 'enrollment.id', 'watch_session.enrollment_id')
    .where('enrollment.class_id', '=', classId)
    .where((eb) =>
      eb.or([eb('watch_session.ended_at', 'is', null), eb('watch_session.ended_at', '>', fromAt)]),
    );

async function countLearners(db: Db, classId: string, fromAt: number): Promise<number> {
  const { learners } = await studiedSince(db, classId, fromAt)
    .select((eb) => eb.fn.count<number>('enrollment.id').distinct().as('learners'))
    .executeTakeFirstOrThrow();
  return Number(learners);
}

const listLearners = (db: Db, of: { classId: string; fromAt: number; after: string }) =>
  studiedSince(db, of.classId, of.fromAt)
    .where('enrollment.person_id', '>', of.after)
    .select(['enrollment.person_id as personId', 'enrollment.id as enrollmentId'])
    .distinct()
    .orderBy('enrollment.person_id')
    .limit(PEOPLE_A_QUERY)
    .execute();
