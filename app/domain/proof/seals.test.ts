import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backUpDatabase } from '~db/backup.server';
import { openDatabase, type DatabaseClient } from '~db/client.server';
import { restoreDatabase } from '~db/restore.server';
import { openTestDatabase } from '~db/testing.server';
import { listSeals } from './list-seals.server';
import { sealDays, SEAL_MARGIN_MS } from './seal-days.server';
import { DAY, liveDays, MINUTE, MONDAY, ZONE, type LivedDays } from './testing-lived-days.server';
import { verifySeals } from './verify-seals.server';

/** Wednesday, 00:00 in Shanghai. */
const WEDNESDAY = Date.parse('2026-11-04T00:00:00+08:00');

let client: DatabaseClient;
let lived: LivedDays;
beforeEach(async () => {
  client = await openTestDatabase({ clockDriven: true });
  lived = await liveDays(client);
});
afterEach(() => client.close());

const seal = (now: number, db = client.db) => sealDays(db, { zone: ZONE, now });

async function studyTwoDays() {
  await lived.study(0, MONDAY, 8);
  await lived.study(1, MONDAY + 3 * MINUTE, 4, 1);
  await lived.study(0, MONDAY + DAY, 3);
}

test('each day that is over is sealed with what arrived, also a day on which nobody studied', async () => {
  await studyTwoDays();
  const days = await seal(WEDNESDAY + DAY + SEAL_MARGIN_MS);
  const seals = await listSeals(client.db);
  expect(days).toEqual(seals.map(({ day }) => day));
  expect(days.slice(-4)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']);
  const [before, monday, tuesday, wednesday] = seals.slice(-4);
  expect(before!.leaves).toBe(0);
  expect(monday).toMatchObject({ leaves: 2, previous: before!.hash });
  expect(monday!.counts).toMatchObject({ session: 2, beat: 12, 'check-asked': 1 });
  expect(monday!.counts).toMatchObject({ 'check-passed': 1, 'question-answered': 1 });
  expect(tuesday).toMatchObject({ leaves: 1, previous: monday!.hash });
  expect(wednesday!.leaves).toBe(0);
  expect(await verifySeals(client.db)).toEqual([]);
});

test('a day is not sealed before it is surely over, and never twice', async () => {
  await studyTwoDays();
  await seal(WEDNESDAY + SEAL_MARGIN_MS - 1);
  expect((await listSeals(client.db)).at(-1)!.day).toBe('2026-11-02');
  expect(await seal(WEDNESDAY + SEAL_MARGIN_MS)).toEqual(['2026-11-03']);
  expect(await seal(WEDNESDAY + SEAL_MARGIN_MS)).toEqual([]);
});

test('a check that is passed the next day is two arrivals', async () => {
  await lived.study(0, Date.parse('2026-11-02T23:50:00+08:00'), 9);
  await client.db
    .updateTable('presence_check')
    .set({ passed_at: Date.parse('2026-11-03T00:10:00+08:00') })
    .execute();
  await seal(WEDNESDAY + SEAL_MARGIN_MS);
  const [monday, tuesday] = (await listSeals(client.db)).slice(-2);
  expect([monday!.counts['check-asked'], monday!.counts['check-passed']]).toEqual([1, 0]);
  expect([tuesday!.counts['check-asked'], tuesday!.counts['check-passed']]).toEqual([0, 1]);
});

test('two processes that seal at once write one chain', async () => {
  await studyTwoDays();
  const now = WEDNESDAY + SEAL_MARGIN_MS;
  await Promise.all([seal(now), seal(now)]);
  expect((await listSeals(client.db)).at(-1)!.day).toBe('2026-11-03');
  expect(await verifySeals(client.db)).toEqual([]);
});

test('who is stopped while sealing goes on later, with the same seals', async () => {
  await studyTwoDays();
  const now = WEDNESDAY + SEAL_MARGIN_MS;
  const stop = new AbortController();
  stop.abort();
  expect(await sealDays(client.db, { zone: ZONE, now, signal: stop.signal })).toEqual([]);
  await seal(now);
  expect(await verifySeals(client.db)).toEqual([]);
});

test('both engines give the same seals for the same evidence', async () => {
  await studyTwoDays();
  const folder = mkdtempSync(join(tmpdir(), 'jiangxue-seals-'));
  const other = openDatabase(`file:${join(folder, 'other.sqlite')}`);
  try {
    await backUpDatabase(client, join(folder, 'backup'), MONDAY);
    await restoreDatabase(other, join(folder, 'backup'), MONDAY);
    await seal(WEDNESDAY + SEAL_MARGIN_MS);
    await seal(WEDNESDAY + SEAL_MARGIN_MS, other.db);
    expect(await listSeals(other.db)).toEqual(await listSeals(client.db));
  } finally {
    await other.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('evidence that differs from its seal is named with its day, its learner and the first record', async () => {
  await studyTwoDays();
  await seal(WEDNESDAY + SEAL_MARGIN_MS);
  const { db } = client;
  const owner = `person:${lived.world.learners[1]!.viewer.personId}`;
  const session = await db
    .selectFrom('watch_session')
    .select('id')
    .where('person_id', '=', lived.world.learners[1]!.viewer.personId)
    .executeTakeFirstOrThrow();
  const ofSecond = db.updateTable('beat').where('session_id', '=', session.id).where('seq', '=', 2);
  await ofSecond.set({ media_to_ms: 120_001 }).execute();
  const altered = await verifySeals(db);
  expect(altered).toMatchObject([{ day: '2026-11-02', what: 'evidence', owner, how: 'altered' }]);
  expect(altered[0]!.record).toContain('"seq":2');
  await ofSecond.set({ media_to_ms: 120_000 }).execute();
  expect(await verifySeals(db)).toEqual([]);

  const late = await db
    .selectFrom('beat')
    .selectAll()
    .where('session_id', '=', session.id)
    .where('seq', '=', 4)
    .executeTakeFirstOrThrow();
  const wall = { wall_from_ms: late.wall_to_ms, wall_to_ms: late.wall_to_ms + 1_000 };
  await db
    .insertInto('beat')
    .values({ ...late, ...wall, seq: 5 })
    .execute();
  const added = await verifySeals(db);
  expect(added).toMatchObject([{ day: '2026-11-02', owner, how: 'added' }]);
  expect(added[0]!.record).toContain('"seq":5');
});

test('a seal that was altered is named, and so is the day after it', async () => {
  await studyTwoDays();
  await seal(WEDNESDAY + SEAL_MARGIN_MS);
  await client.db
    .updateTable('seal')
    .set({ hash: 'f'.repeat(64) })
    .where('day', '=', '2026-11-02')
    .execute();
  expect(await verifySeals(client.db)).toMatchObject([
    { day: '2026-11-02', what: 'seal' },
    { day: '2026-11-03', what: 'chain' },
  ]);
});
