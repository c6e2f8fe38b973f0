import type { Beat } from './beat';

/** The answer to an opened watch session (docs/api.md). */
export interface OpenedSession {
  id: string;
  startedAt: string;
  durationMs: number;
  coverage: [number, number][];
  resumeAtMs: number;
  creditedMs: number;
  rules: {
    maxSpeed: number;
    beatEveryMs: number;
    dailyCapMs: number | null;
    offlineAllowanceMs: number;
  };
  presenceCheck: PresenceCheck | null;
}

/** A question to be answered with one tap while the player waits. */
export interface PresenceCheck {
  id: string;
  question: string;
  options: { id: string; text: string }[];
  answerWithinMs: number;
}

/** The answer to an answered presence check. */
export interface PresenceJudged {
  passed: boolean;
  presenceCheck?: PresenceCheck;
  retryAfterMs?: number;
}

export type SessionState = 'open' | 'taken-over' | 'capped' | 'closed';

/** The answer to beats. */
export interface BeatsAnswer {
  ackSeq: number;
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  creditedTodayMs: number;
  complete: boolean;
  refusals: { seq: number; clause: string; ms: number }[];
  state: SessionState;
  presenceCheck: PresenceCheck | null;
}

export type Failure =
  | { kind: 'offline' }
  | { kind: 'signed-out' }
  | { kind: 'not-found' }
  | { kind: 'not-open' }
  | { kind: 'not-playable' }
  | { kind: 'too-many'; retryAfterMs: number }
  | { kind: 'unavailable'; retryAfterMs: number | null }
  | { kind: 'too-large' }
  | { kind: 'refused'; pointers: string[] };

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface WatchApi {
  open(enrollmentId: string, lessonId: string): Promise<Outcome<OpenedSession>>;
  send(sessionId: string, beats: readonly Beat[]): Promise<Outcome<BeatsAnswer>>;
  answer(sessionId: string, checkId: string, option: string): Promise<Outcome<PresenceJudged>>;
}

/** The server of this page. */
export const watchApi: WatchApi = {
  open: (enrollmentId, lessonId) =>
    post<OpenedSession>('/api/watch-sessions', { enrollmentId, lessonId }),
  send: (sessionId, beats) => post<BeatsAnswer>(beatsPath(sessionId), { beats }),
  answer: (sessionId, checkId, option) => {
    const session = encodeURIComponent(sessionId);
    const path = `/api/watch-sessions/${session}/presence-checks/${encodeURIComponent(checkId)}`;
    return post<PresenceJudged>(path, { answer: option });
  },
};

export function beatsPath(sessionId: string): string {
  return `/api/watch-sessions/${encodeURIComponent(sessionId)}/beats`;
}

async function post<T>(path: string, body: unknown): Promise<Outcome<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      keepalive: true,
    });
    if (response.ok) return { ok: true, value: (await response.json()) as T };
  } catch {
    return { ok: false, failure: { kind: 'offline' } };
  }
  return { ok: false, failure: await failureOf(response) };
}

async function failureOf(response: Response): Promise<Failure> {
  const retryAfterMs = retryAfter(response);
  switch (response.status) {
    case 401:
      return { kind: 'signed-out' };
    case 404:
      return { kind: 'not-found' };
    case 409:
      return { kind: 'not-open' };
    case 413:
      return { kind: 'too-large' };
    case 422:
      return { kind: 'refused', pointers: await pointersOf(response) };
    case 429:
      return { kind: 'too-many', retryAfterMs: retryAfterMs ?? 10_000 };
    case 503:
      return (await typeOf(response)).includes('nothing-playable')
        ? { kind: 'not-playable' }
        : { kind: 'unavailable', retryAfterMs };
    default:
      return { kind: 'unavailable', retryAfterMs };
  }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

async function problemOf(response: Response): Promise<{ type?: unknown; errors?: unknown }> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? body : {};
}

async function typeOf(response: Response): Promise<string> {
  const { type } = await problemOf(response);
  return typeof type === 'string' ? type : '';
}

async function pointersOf(response: Response): Promise<string[]> {
  const { errors } = await problemOf(response);
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) =>
    typeof error === 'object' && error !== null && 'pointer' in error
      ? [String(error.pointer)]
      : [],
  );
}
