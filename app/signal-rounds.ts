import { refreshSignals } from './domain/signals/refresh-signals.server';
import type { Platform } from './web/platform.server';

/** How often new evidence is looked through, ms, and for how many learners at a time. */
const ROUND_MS = 2 * 60_000;
const LEARNERS_A_ROUND = 100;

/**
 * Looks through new evidence in rounds, beside the worker, whose conversions may take an hour. Several processes may
 * do so at once. What a round leaves, the next one takes up. Stopping waits for the round that runs.
 */
export function startSignalRounds(platform: Pick<Platform, 'db' | 'clock' | 'settings' | 'log'>): {
  stop(): Promise<void>;
} {
  const { db, clock, settings, log } = platform;
  let running: Promise<unknown> | undefined;
  const round = async () => {
    try {
      const at = { zone: settings.zone, now: clock.now() };
      await refreshSignals(db, { limit: LEARNERS_A_ROUND }, at);
    } catch (error) {
      log.error({ err: error }, 'signals could not be drawn');
    }
    running = undefined;
  };
  const timer = setInterval(() => {
    running ??= round();
  }, ROUND_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
