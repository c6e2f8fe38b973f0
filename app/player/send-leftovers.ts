import type { BeatQueue } from './beat-queue';
import { BeatSender } from './beat-sender';
import { ifAbandoned, onceAbandoned } from './session-locks';
import { openBeatQueue } from './stored-beat-queue';
import { watchApi } from './watch-api';

/**
 * Makes beats of the stretches that a killed page left open: each under the account that played it. A stretch
 * of a page that still lives is left to that page.
 */
export async function recoverOpenStretches(learnerId: string, queue: BeatQueue): Promise<void> {
  for (const stretch of await queue.listOpen(learnerId))
    await ifAbandoned(stretch, Date.now(), () => recover(learnerId, queue, stretch.sessionId));
}

// Read again: until a moment ago the page may have lived and gone on.
async function recover(learnerId: string, queue: BeatQueue, sessionId: string): Promise<void> {
  const open = (await queue.listOpen(learnerId)).find((left) => left.sessionId === sessionId);
  if (open) await queue.add(learnerId, { sessionId, beat: open.beat });
}

/**
 * At a visit to any page: sends what earlier visits of this learner left behind, and what a page that still lives
 * leaves when it goes (one that is being closed may not have gone yet). `onSent` whenever some arrived.
 */
export async function sendLeftovers(learnerId: string, onSent: () => void): Promise<void> {
  const { queue } = await openBeatQueue();
  let answered = false;
  const sender = new BeatSender(learnerId, queue, watchApi, {
    onAnswer: () => {
      answered = true;
    },
    onState: (state) => {
      if (state !== 'sent' || !answered) return;
      answered = false;
      onSent();
    },
  });
  await recoverOpenStretches(learnerId, queue);
  await sender.send();
  for (const { sessionId } of await queue.listOpen(learnerId))
    void onceAbandoned(sessionId, () => recover(learnerId, queue, sessionId))
      .then(() => sender.send())
      .catch(() => undefined);
}
