import type { TextSides } from '~/domain/comments/text-changed';
import type { commentMessages } from '~/i18n/messages/comments';

/** Why something that was said did not arrive; with the sides of a text that has changed. */
export interface CommentFault {
  kind: keyof (typeof commentMessages)['zh']['faults'];
  sides?: TextSides;
}

export interface CommentRequest {
  path: string;
  method: 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** The text changes with it, which the lesson's line brings. */
  changesText?: boolean;
}

const KINDS: Record<number, CommentFault['kind']> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'gone',
  413: 'invalid',
  422: 'invalid',
};
const CONFLICTS = ['text-changed', 'already-decided', 'not-decided', 'other-video'] as const;

/** Sends it; answers what went wrong, or undefined when it is stored. */
export async function sendComment(request: CommentRequest): Promise<CommentFault | undefined> {
  const { path, method, body } = request;
  try {
    const answer = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (answer.ok) return undefined;
    if (answer.status !== 409) return { kind: KINDS[answer.status] ?? 'offline' };
    const { type, ...sides } = (await answer.json()) as { type: string } & TextSides;
    const kind = CONFLICTS.find((one) => one === type) ?? 'gone';
    return kind === 'text-changed' ? { kind, sides } : { kind };
  } catch {
    return { kind: 'offline' };
  }
}
