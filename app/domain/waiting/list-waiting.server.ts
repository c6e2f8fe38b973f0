import type { Db, Trx } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { listInvitations, type Partnership } from '../co-authoring/list-partnerships.server';
import {
  countWaitingThreads,
  listWaitingThreads,
  type WaitingThread,
} from '../comments/waiting-threads.server';
import {
  listWaitingSignOffs,
  type WaitingSignOff,
} from '../sign-offs/list-waiting-sign-offs.server';
import type { WaitingKind } from './waiting-kinds';

/** Something that a colleague waits for. */
export type Waiting =
  | WaitingThread
  | ({ kind: 'sign-off' } & WaitingSignOff)
  | ({ kind: 'invitation'; at: number } & Partnership);

/** Of each kind as many as anybody could look through. */
const MOST = 500;

/**
 * What waits for a person, newest first: suggestions and threads (comments/waiting-threads.server.ts), candidates they
 * sign, and invitations to the organizations they manage. With how many there are of each kind.
 */
export async function listWaiting(
  db: Db | Trx,
  actor: Actor,
): Promise<{ items: Waiting[]; counts: Record<WaitingKind, number> }> {
  const [threads, signOffs, invitations] = await Promise.all([
    listWaitingThreads(db, actor, MOST),
    listWaitingSignOffs(db, actor),
    listInvitations(db, actor),
  ]);
  const items: Waiting[] = [
    ...threads,
    ...signOffs.map((one) => ({ kind: 'sign-off' as const, ...one })),
    ...invitations.map((one) => ({
      kind: 'invitation' as const,
      at: one.invitedAt ?? 0,
      ...one,
    })),
  ].sort((a, b) => b.at - a.at);
  const countOf = (kind: WaitingKind) => items.filter((one) => one.kind === kind).length;
  const counts = {
    suggestion: countOf('suggestion'),
    thread: countOf('thread'),
    'sign-off': countOf('sign-off'),
    invitation: countOf('invitation'),
  };
  return { items, counts };
}

/** How much waits for a person, for the navigation of every page; the same few queries however much is open. */
export async function countWaiting(db: Db | Trx, actor: Actor): Promise<number> {
  const [threads, signOffs, invitations] = await Promise.all([
    countWaitingThreads(db, actor),
    listWaitingSignOffs(db, actor),
    listInvitations(db, actor),
  ]);
  return threads + signOffs.length + invitations.length;
}
