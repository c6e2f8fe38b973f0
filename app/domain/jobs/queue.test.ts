import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { addJob, addJobOnce, JOB_KINDS } from './add-job.server';
import { cancelJobs } from './cancel-jobs.server';
import { claimJob } from './claim-job.server';
import { failJob, MOST_ATTEMPTS } from './fail-job.server';
import { finishJob } from './finish-job.server';
import { postponeJob } from './postpone-job.server';
import { reclaimJobs } from './reclaim-jobs.server';
import { renewClaim } from './renew-claim.server';

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
beforeEach(() => client.db.deleteFrom('job').execute());
afterAll(() => client.close());

const LEASE = 1000;
const claim = (owner: string, now: number) =>
  claimJob(client.db, { kinds: JOB_KINDS, owner, now, leaseMs: LEASE });
const add = (mediaId: string, now: number, kind: 'convert-media' | 'add-renditions') =>
  addJob(client.db, { kind, payload: { mediaId }, now });

test('urgent kinds come first, then who has waited longest', async () => {
  await add('c', 1, 'add-renditions');
  await add('b', 3, 'convert-media');
  await add('a', 2, 'convert-media');
  const order = [await claim('w', 10), await claim('w', 10), await claim('w', 10)];
  expect(order.map((job) => job?.payload.mediaId)).toEqual(['a', 'b', 'c']);
  expect(await claim('w', 10)).toBeUndefined();
});

test('eight workers at once never get the same job', async () => {
  for (let n = 0; n < 5; n += 1) await add(String(n), n, 'convert-media');
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, worker) => claim(`w${worker}`, 10)),
  );
  const ids = claims.flatMap((job) => (job ? [job.id] : []));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
});

test('eight workers for eight jobs: each gets one, none comes away empty', async () => {
  for (let n = 0; n < 8; n += 1) await add(String(n), n, 'convert-media');
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, worker) => claim(`w${worker}`, 10)),
  );
  expect(new Set(claims.map((job) => job?.id)).size).toBe(8);
  expect(claims).not.toContain(undefined);
});

test("a media's work of one kind is queued once, until it is done", async () => {
  const once = (mediaId: string) =>
    client.db
      .transaction()
      .execute((trx) => addJobOnce(trx, { kind: 'encode-media', mediaId, now: 1 }));
  await once('a');
  await once('a');
  await once('b');
  const first = await claim('w', 10);
  await once('a');
  const jobs = () => client.db.selectFrom('job').select('id').execute();
  expect(await jobs()).toHaveLength(2);
  await finishJob(client.db, { jobId: first?.id ?? '', owner: 'w', now: 11 });
  await once('a');
  expect(await jobs()).toHaveLength(3);
});

test("cancelled jobs are nobody's any more, and those of other films go on", async () => {
  await add('a', 0, 'convert-media');
  const running = await claim('w', 1);
  await add('a', 2, 'add-renditions');
  await add('b', 3, 'add-renditions');
  expect(await cancelJobs(client.db, { mediaId: 'a', now: 5 })).toBe(2);
  const mine = { jobId: running?.id ?? '', owner: 'w', now: 6, leaseMs: LEASE };
  expect(await renewClaim(client.db, mine)).toBe(false);
  expect((await claim('w', 10_000))?.payload.mediaId).toBe('b');
  expect(await claim('w', 10_000)).toBeUndefined();
  expect(await cancelJobs(client.db, { mediaId: 'a', now: 7 })).toBe(0);
});

test('a lease that is not renewed runs out, and the late owner loses the job', async () => {
  const id = await add('a', 0, 'convert-media');
  await claim('first', 0);
  expect(await renewClaim(client.db, { jobId: id, owner: 'first', now: 900, leaseMs: LEASE })).toBe(
    true,
  );
  expect(await claim('second', 1500)).toBeUndefined();
  expect(await claim('second', 1901)).toMatchObject({ id, attempts: 2 });
  const late = { jobId: id, owner: 'first', now: 2000, leaseMs: LEASE };
  expect(await renewClaim(client.db, late)).toBe(false);
  await finishJob(client.db, { jobId: id, owner: 'first', now: 2000 });
  expect(
    await renewClaim(client.db, { jobId: id, owner: 'second', now: 2000, leaseMs: LEASE }),
  ).toBe(true);
});

test('a failed job waits longer each time, and is given up after the fifth', async () => {
  const id = await add('a', 0, 'convert-media');
  const waits: number[] = [];
  let now = 0;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    expect(await claim('w', now)).toMatchObject({ attempts: attempt });
    const failure = { jobId: id, owner: 'w', attempts: attempt, now, error: 'no room' };
    expect(await failJob(client.db, failure)).toBe(attempt === MOST_ATTEMPTS);
    const row = await client.db.selectFrom('job').selectAll().executeTakeFirstOrThrow();
    waits.push(row.run_after - now);
    expect(row.error).toBe('no room');
    expect(await claim('w', row.run_after - 1)).toBeUndefined();
    now = row.run_after;
  }
  expect(waits.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000]);
  expect(await claim('w', now + 10_000_000)).toBeUndefined();
});

test('a postponed job keeps its attempts and its reason', async () => {
  const id = await add('a', 0, 'convert-media');
  await claim('w', 0);
  await postponeJob(client.db, { jobId: id, owner: 'w', runAfter: 500, reason: 'no ffmpeg' });
  expect(await claim('w', 499)).toBeUndefined();
  expect(await claim('w', 500)).toMatchObject({ attempts: 1 });
});

test('the jobs of a dead neighbour are free at once, those of a living one are not', async () => {
  await add('a', 0, 'convert-media');
  await add('b', 1, 'convert-media');
  await claim('dead', 10);
  await claim('alive', 10);
  expect(await reclaimJobs(client.db, (owner) => owner === 'dead')).toBe(1);
  expect((await claim('w', 11))?.payload.mediaId).toBe('a');
  expect(await claim('w', 11)).toBeUndefined();
});
