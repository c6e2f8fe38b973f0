import type { BeatQueue } from './beat-queue';
import { BeatSender } from './beat-sender';
import { ifAbandoned } from './session-locks';
import { openBeatQueue } from './stored-beat-queue';
import { watchApi } from './watch-api';

/**
 * Makes beats of the stretches that a killed page left open: each under the account that played it. A stretch
 * of a page that still lives is left to that page.
 */
export async function recoverOpenStretches(learnerId: string, queue: BeatQueue): Promise<void> {
  for (const stretch of await queue.listOpen(learnerId)) {
    const { sessionId, beat } = stretch;
    await ifAbandoned(stretch, Date.now(), () => queue.add(learnerId, { sessionId, beat }));
  }
}

/** At a visit to any page: sends what earlier visits of this learner left behind. `onSent` when some arrived. */
export async function sendLeftovers(learnerId: string, onSent: () => void): Promise<void> {
  const { queue } = await openBeatQueue();
  await recoverOpenStretches(learnerId, queue);
  let answered = false;
  const sender = new BeatSender(learnerId, queue, watchApi, {
    onAnswer: () => {
      answered = true;
    },
    onState: (state) => {
      if (state === 'sent' && answered) onSent();
    },
  });
  await sender.send();
}
