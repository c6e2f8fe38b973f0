import type { SenderState } from './beat-sender';
import type { SessionState } from './watch-api';

/** Why no session could be opened. */
export type StartFailure =
  'offline' | 'signed-out' | 'not-found' | 'not-open' | 'not-playable' | 'too-many' | 'unavailable';

export interface StudyFacts {
  phase: 'idle' | 'starting' | 'started';
  playing: boolean;
  /** Playing is wanted, but the media has not come yet. */
  loading: boolean;
  visible: boolean;
  /** The class counts what is played out of sight. */
  countsHidden: boolean;
  startFailure: StartFailure | null;
  mediaFailed: boolean;
  sessionState: SessionState;
  sender: SenderState;
  /** Beats that have been waiting for the server, in ms. */
  queuedMs: number;
  /** A presence check waits for an answer. */
  asked: boolean;
  /** The server has not been reached for longer than the offline allowance. */
  outOfTouch: boolean;
  /** Whether the queue outlives the page. */
  durable: boolean;
}

/** What the one line under the player says. */
export type StudyStatus =
  | 'idle'
  | 'starting'
  | 'counting'
  | 'loading'
  | 'paused'
  | 'hidden'
  | 'asked'
  | 'out-of-touch'
  | 'waiting'
  | 'waiting-here-only'
  | 'taken-over'
  | 'closed'
  | 'capped'
  | 'signed-out'
  | 'set-aside'
  | 'media-failed'
  | `start-${StartFailure}`;

/** The most important thing first: what stops the counting, then what waits, then what goes on. */
export function statusOf(facts: StudyFacts): StudyStatus {
  if (facts.mediaFailed) return 'media-failed';
  if (facts.startFailure) return `start-${facts.startFailure}`;
  if (facts.phase === 'idle') return 'idle';
  if (facts.phase === 'starting') return 'starting';
  if (facts.sessionState === 'taken-over') return 'taken-over';
  if (facts.sessionState === 'closed') return 'closed';
  if (facts.sender === 'signed-out') return 'signed-out';
  if (facts.sender === 'set-aside') return 'set-aside';
  if (facts.asked) return 'asked';
  if (facts.outOfTouch && facts.playing) return 'out-of-touch';
  if (facts.sender === 'waiting') return facts.durable ? 'waiting' : 'waiting-here-only';
  if (facts.sessionState === 'capped') return 'capped';
  if (facts.loading) return 'loading';
  if (!facts.playing) return 'paused';
  return facts.visible || facts.countsHidden ? 'counting' : 'hidden';
}
