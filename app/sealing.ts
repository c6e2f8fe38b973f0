import { sealDays } from './domain/proof/seal-days.server';
import type { WorkerPlatform } from './worker';

export interface Sealing {
  /** Resolves when nothing is being sealed any more. */
  stop(): Promise<void>;
}

const SEAL_EVERY_MS = 5 * 60_000;

/** Seals days that are over, at once and then every few minutes, beside the queue's jobs. */
export function startSealing({ db, clock, settings, log }: WorkerPlatform): Sealing {
  const stopping = new AbortController();
  const seal = async () => {
    try {
      const given = { zone: settings.zone, now: clock.now(), signal: stopping.signal };
      const days = await sealDays(db, given);
      if (days.length > 0) log.info({ days: days.length, last: days.at(-1) }, 'days sealed');
    } catch (error) {
      log.error({ err: error }, 'days could not be sealed; the next attempt goes on from there');
    }
  };
  let running = seal();
  const timer = setInterval(() => {
    running = running.then(() => (stopping.signal.aborted ? undefined : seal()));
  }, SEAL_EVERY_MS);
  return {
    stop() {
      stopping.abort();
      clearInterval(timer);
      return running;
    },
  };
}
