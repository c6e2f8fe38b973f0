import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePerson } from '~db/testing-cast';
import { exportClassSignals } from './export-class-signals.server';
import { countClassSignals } from './list-class-signals.server';
import { noteSignal } from './note-signal.server';
import { refreshSignals } from './refresh-signals.server';
import { getSignalStanding } from './signal-standing.server';
import {
  at,
  everything,
  HOUR,
  MIDNIGHT,
  MINUTE,
  NOON,
  open,
  openStage,
  type Stage,
} from './testing-stage.server';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.client.close());

describe('looking at a signal', () => {
  test('puts it away with who, when and what, and it comes back when there is more of it', async () => {
    const learner = stage.newLearner();
    const { db } = stage.client;
    await stage.study(learner, {
      fromAt: MIDNIGHT + HOUR,
      minutes: 40,
      endedAt: MIDNIGHT + 2 * HOUR,
    });
    await stage.raised(learner);
    const [signal] = await stage.signalsOf(learner);
    const before = await countClassSignals(db, { classId: stage.world.classId, filter: open });
    await noteSignal(db, stage.world.manager, {
      classId: stage.world.classId,
      signalId: signal!.id,
      measure: signal!.measure,
      found: '问过本人，上夜班。',
      now: at.now,
    });
    expect(await stage.signalsOf(learner)).toEqual([]);
    const after = await countClassSignals(db, { classId: stage.world.classId, filter: open });
    expect(after.get('night-study') ?? 0).toBe(before.get('night-study')! - 1);
    const [seen] = await stage.signalsOf(learner, everything);
    expect(seen).toMatchObject({
      seen: true,
      notes: [{ found: '问过本人，上夜班。', notedBy: stage.world.manager.name, notedAt: at.now }],
    });
    const audit = await db
      .selectFrom('audit_entry')
      .select(['actor_id', 'subject_id'])
      .where('action', '=', 'note-signal')
      .execute();
    expect(audit).toEqual([
      { actor_id: stage.world.manager.personId, subject_id: learner.enrollmentId },
    ]);

    await stage.study(learner, { fromAt: MIDNIGHT + 3 * HOUR, minutes: 10 });
    expect(await stage.raised(learner)).toEqual(['night-study']);
    expect((await stage.signalsOf(learner))[0]).toMatchObject({
      seen: false,
      measure: 50 * MINUTE,
    });
    expect((await stage.signalsOf(learner))[0]?.notes).toHaveLength(1);
  });

  test('is for the class’s own managers, and only for signals of the class', async () => {
    const { db } = stage.client;
    const note = { classId: stage.world.classId, signalId: 'none', measure: 1, found: 'x', now: 1 };
    await expect(noteSignal(db, stage.world.manager, note)).rejects.toMatchObject({ status: 404 });
    const stranger = await makePerson(db, { name: '别家的经理' });
    const exporting = { classId: stage.world.classId, filter: open, now: 1 };
    await expect(noteSignal(db, stranger, note)).rejects.toMatchObject({ status: 404 });
    await expect(exportClassSignals(db, stranger, exporting)).rejects.toMatchObject({
      status: 404,
    });
    const learner = stage.world.learners[0]!.viewer;
    await expect(noteSignal(db, learner, note)).rejects.toMatchObject({ status: 403 });
  });
});

test('drawn again from nothing, the signals are the same', async () => {
  const { db } = stage.client;
  const read = () => db.selectFrom('signal').selectAll().orderBy('id').execute();
  const [first, second] = [stage.newLearner(), stage.newLearner()];
  for (const learner of [first, second]) {
    const deviceHash = 'kiosk';
    await stage.study(learner, { fromAt: NOON, minutes: 20, deviceHash, servingKnown: true });
    await stage.study(learner, { fromAt: MIDNIGHT + HOUR, minutes: 40, even: true });
  }
  await refreshSignals(db, { limit: 100 }, at);
  const before = await read();
  expect(before.length).toBeGreaterThan(6);
  for (const table of ['signal', 'signal_scan', 'session_trait'] as const) {
    await db.deleteFrom(table).execute();
  }
  await refreshSignals(db, { limit: 100 }, at);
  expect(await read()).toEqual(before);
  const { waiting } = await getSignalStanding(db, stage.world.classId);
  expect(waiting).toBe(0);
  expect(await refreshSignals(db, { limit: 100 }, at)).toBe(0);
});
