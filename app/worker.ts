import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { dayAt } from './domain/class-hours/platform-day';
import { endPassedPartnerships } from './domain/co-authoring/end-partnership.server';
import { sweepSignIns } from './domain/accounts/sweep-sign-ins.server';
import { checkLinks } from './domain/courses/check-links.server';
import type { JobKind } from './domain/jobs/add-job.server';
import { claimJob, type ClaimedJob } from './domain/jobs/claim-job.server';
import { failJob } from './domain/jobs/fail-job.server';
import { finishJob } from './domain/jobs/finish-job.server';
import { postponeJob } from './domain/jobs/postpone-job.server';
import { Postponed } from './domain/jobs/postponed';
import { reclaimJobs } from './domain/jobs/reclaim-jobs.server';
import { renewClaim } from './domain/jobs/renew-claim.server';
import { addRenditions } from './domain/media/add-renditions.server';
import type { RenditionPlan } from './domain/media/conversion-plan';
import { convertMedia } from './domain/media/convert-media.server';
import { encodeMedia } from './domain/media/encode-media.server';
import type { ConversionTools } from './domain/media/first-rendition.server';
import { clearRemovedMedia } from './domain/media/remove-media.server';
import { giveUpConversion } from './domain/media/give-up-conversion.server';
import { sweepUploads } from './domain/media/sweep-uploads.server';
import { runRecount } from './domain/rule-sets/run-recount.server';
import { onJobAnnounced } from './infra/job-signal.server';
import type { Settings } from './infra/environment.server';
import { startSealing } from './sealing';
import type { Platform } from './web/platform.server';

export interface Worker {
  /** Ends the running job's programs, gives the job back, and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

export type WorkerPlatform = Pick<Platform, 'db' | 'clock' | 'mediaStore' | 'log'> & {
  settings: Pick<Settings, 'zone'>;
};

/** What a process takes on: the conversion of videos, and the house's own work. */
export interface WorkerParts {
  conversion: boolean;
  house: boolean;
}

/**
 * Each lane does one job at a time: nobody's class waits for a long film, and a film that only needs
 * re-packaging waits for none that is being encoded.
 */
const LANES: Record<keyof WorkerParts, readonly (readonly JobKind[])[]> = {
  conversion: [['convert-media'], ['encode-media'], ['add-renditions']],
  house: [['recount-class'], ['check-links']],
};

const LEASE_MS = 30_000;
// Also how long an author's taking away of a film takes to reach the ffmpeg that works on it.
const RENEW_MS = 2_000;
const POLL_MS = 2_000;
// A file on which the whole process dies is given up, too.
const MOST_CLAIMS = 20;
/** Partnerships whose last day has passed end within this time after midnight. */
const PARTNERS_MS = 60_000;
const SWEEP_MS = 10 * 60_000;

/**
 * Runs the queue's jobs, in each lane one after another, and (as part of the house) seals days, until
 * stopped; several workers may share a database.
 */
export function startWorker(
  platform: WorkerPlatform,
  parts: WorkerParts = { conversion: true, house: true },
): Worker {
  const { db, clock, mediaStore, log } = platform;
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  const stopping = new AbortController();
  const asleep = new Set<() => void>();
  const wake = () => asleep.forEach((awake) => awake());
  const forgetWake = onJobAnnounced(wake);
  let sweptAt = Number.NEGATIVE_INFINITY;
  let partnersLookedAt = Number.NEGATIVE_INFINITY;

  const pause = () =>
    new Promise<void>((resolve) => {
      const awake = () => {
        clearTimeout(timer);
        asleep.delete(awake);
        resolve();
      };
      const timer = setTimeout(awake, POLL_MS);
      asleep.add(awake);
      if (stopping.signal.aborted) awake();
    });

  const step = async (kinds: readonly JobKind[]): Promise<boolean> => {
    if (parts.house && clock.now() - sweptAt > SWEEP_MS) {
      sweptAt = clock.now();
      await sweepUploads(db, mediaStore, clock.now());
      await sweepSignIns(db, clock.now());
    }
    if (parts.house && clock.now() - partnersLookedAt > PARTNERS_MS) {
      partnersLookedAt = clock.now();
      const { day } = dayAt(clock.now(), platform.settings.zone);
      await endPassedPartnerships(db, day, clock.now());
    }
    const claim = { kinds, owner, now: clock.now(), leaseMs: LEASE_MS };
    const job = await claimJob(db, claim);
    if (!job) return false;
    await runClaimed(platform, owner, job, stopping.signal);
    return true;
  };

  const work = async () => {
    try {
      await reclaimJobs(db, (claimedBy) => isDeadNeighbour(claimedBy, owner));
    } catch (error) {
      log.error({ err: error }, 'jobs could not be reclaimed');
    }
    const lanes = [
      ...(parts.conversion ? LANES.conversion : []),
      ...(parts.house ? LANES.house : []),
    ];
    await Promise.all(lanes.map(workLane));
  };
  const workLane = async (kinds: readonly JobKind[]) => {
    while (!stopping.signal.aborted) {
      const busy = await step(kinds).catch((error: unknown) => {
        log.error({ err: error }, 'the queue could not be read');
        return false;
      });
      if (!busy && !stopping.signal.aborted) await pause();
    }
  };
  const ended = work();
  const sealing = parts.house ? startSealing(platform) : undefined;
  return {
    async stop() {
      stopping.abort();
      forgetWake();
      wake();
      await Promise.all([ended, sealing?.stop()]);
    },
  };
}

/** Whether the claim's owner ran on this host and runs no more. */
function isDeadNeighbour(claimedBy: string, owner: string): boolean {
  const [host, pid] = claimedBy.split(':');
  if (host !== hostname() || claimedBy === owner) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function runClaimed(
  { db, clock, mediaStore, log, settings }: WorkerPlatform,
  owner: string,
  job: ClaimedJob,
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  const mine = { jobId: job.id, owner };
  const renewing = setInterval(() => {
    renewClaim(db, { ...mine, now: clock.now(), leaseMs: LEASE_MS }).then(
      (kept) => kept || lost.abort(),
      (error: unknown) => log.error({ err: error, jobId: job.id }, 'a claim was not renewed'),
    );
  }, RENEW_MS);
  log.info({ jobId: job.id, kind: job.kind, attempt: job.attempts }, 'job started');
  try {
    if (job.attempts > MOST_CLAIMS) throw new Error(`interrupted ${MOST_CLAIMS} times`);
    const tools = { store: mediaStore, now: () => clock.now(), signal, zone: settings.zone };
    await perform(db, job, tools);
    await finishJob(db, { ...mine, now: clock.now() });
    log.info({ jobId: job.id, kind: job.kind }, 'job finished');
  } catch (error) {
    if (stopping.aborted || lost.signal.aborted) {
      await postponeJob(db, { ...mine, runAfter: clock.now(), reason: null });
    } else if (error instanceof Postponed) {
      const runAfter = clock.now() + error.waitMs;
      await postponeJob(db, { ...mine, runAfter, reason: error.reason });
    } else {
      const reason = error instanceof Error ? error.message : String(error);
      log.error({ err: error, jobId: job.id, kind: job.kind }, 'job failed');
      const failure = { ...mine, attempts: job.attempts, now: clock.now(), error: reason };
      if (await failJob(db, failure)) await giveUp(db, job, mediaStore, clock.now());
    }
  } finally {
    clearInterval(renewing);
    const { mediaId } = job.payload;
    if (mediaId) await clearRemovedMedia(db, mediaStore, mediaId);
  }
}

async function perform(
  db: WorkerPlatform['db'],
  job: ClaimedJob,
  tools: ConversionTools & { zone: string },
): Promise<void> {
  const { mediaId = '', renditions = '[]', recountId = '', courseId = '', since } = job.payload;
  if (job.kind === 'recount-class') return runRecount(db, recountId, tools);
  if (job.kind === 'check-links') return checkLinks(db, { courseId, since: Number(since) }, tools);
  if (job.kind === 'convert-media') return convertMedia(db, mediaId, tools);
  if (job.kind === 'encode-media') return encodeMedia(db, mediaId, tools);
  if (job.kind === 'add-renditions') {
    const plans = JSON.parse(renditions) as RenditionPlan[];
    return addRenditions(db, { mediaId, renditions: plans }, tools);
  }
  throw new Error(`no such kind of job: ${job.kind}`);
}

async function giveUp(
  db: WorkerPlatform['db'],
  job: ClaimedJob,
  store: WorkerPlatform['mediaStore'],
  now: number,
): Promise<void> {
  if (job.payload.mediaId) await giveUpConversion(db, store, job.payload.mediaId, now);
}
