import {
  endSessions,
  replaceSession,
  SESSION_COOKIE,
  signInSessions,
} from '~/domain/accounts/sign-in-session.server';
import { findViewer, type Viewer } from '~/domain/accounts/viewer.server';
import { privacy } from '~/i18n/privacy';
import type { Clock } from '~/infra/clock.server';
import type { Db } from '~db/client.server';

/** What reading and writing sessions needs of a request's context. */
export interface SessionContext {
  db: Db;
  clock: Clock;
  secure: boolean;
  /** Adds a Set-Cookie to the answer; without it, sessions keep the id they have. */
  setCookie?: ((cookie: string) => void) | undefined;
  /** Who sends this one request, once found: a page has several loaders. */
  viewers?: Map<string, Promise<Viewer | undefined>> | undefined;
}

/** Who sends this request, or undefined; roles are read anew for each request. */
export function readViewer(request: Request, context: SessionContext): Promise<Viewer | undefined> {
  const find = async () => {
    const session = await readSession(request, context);
    return session && findViewer(context.db, session.personId, privacy.version);
  };
  if (!context.viewers || request.method !== 'GET') return find();
  const key = sessionCookie(request) ?? '';
  const found = context.viewers.get(key) ?? find();
  context.viewers.set(key, found);
  return found;
}

/**
 * The valid sign-in session of this request's cookie, or undefined. One opened before the person's
 * roles last changed gets a new id on the way.
 */
export async function readSession(
  request: Request,
  context: SessionContext,
): Promise<{ id: string; personId: string } | undefined> {
  const id = sessionCookie(request);
  if (!id) return undefined;
  const lucia = sessionsOf(context);
  const { session } = await lucia.validateSession(id);
  if (!session) return undefined;
  if (session.outdated && context.setCookie) {
    if (await replaceSession(context.db, id, context.clock.now())) {
      context.setCookie(await openSession(context, session.userId));
    }
  } else if (session.fresh) {
    context.setCookie?.(lucia.createSessionCookie(session.id).serialize());
  }
  return { id, personId: session.userId };
}

/** Opens a new session after sign-in; returns the Set-Cookie value. */
export async function openSession(context: SessionContext, personId: string): Promise<string> {
  const lucia = sessionsOf(context);
  const session = await lucia.createSession(personId, {});
  return lucia.createSessionCookie(session.id).serialize();
}

/** Ends this request's session; returns the Set-Cookie value that clears the cookie. */
export async function closeSession(request: Request, context: SessionContext): Promise<string> {
  const lucia = sessionsOf(context);
  const session = await readSession(request, { ...context, setCookie: undefined });
  if (session) await lucia.invalidateSession(session.id);
  return lucia.createBlankSessionCookie().serialize();
}

/** Ends every session of the person and opens a new one; returns the Set-Cookie value. */
export async function restartSession(context: SessionContext, personId: string): Promise<string> {
  await endSessions(context.db, personId);
  return openSession(context, personId);
}

function sessionsOf(context: SessionContext) {
  return signInSessions(context.db, () => context.clock.now(), context.secure);
}

function sessionCookie(request: Request): string | undefined {
  return readCookie(request, SESSION_COOKIE);
}

/** The value of a cookie of this request, or undefined. */
export function readCookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/);
  const pair = pairs.find((candidate) => candidate.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || undefined;
}
