/** What can wait for somebody. */
export const WAITING_KINDS = ['suggestion', 'thread', 'sign-off', 'invitation'] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];
