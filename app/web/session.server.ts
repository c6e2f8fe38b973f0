import type { AppLoadContext } from '@remix-run/node';
import { signInSessions } from '~/domain/accounts/sign-in-session.server';
import { findViewer, type Viewer } from '~/domain/accounts/viewer.server';
import { privacy } from '~/i18n/privacy';

/** Who sends this request, or undefined; roles are read anew each time. */
export async function readViewer(
  request: Request,
  context: AppLoadContext,
): Promise<Viewer | undefined> {
  const session = await readSession(request, context);
  return session && findViewer(context.db, session.personId, privacy.version);
}

/** The valid sign-in session of this request's cookie, or undefined. */
export async function readSession(
  request: Request,
  context: AppLoadContext,
): Promise<{ id: string; personId: string } | undefined> {
  const lucia = signInSessions(context.db, () => context.clock.now(), context.secure);
  const id = lucia.readSessionCookie(request.headers.get('cookie') ?? '');
  if (!id) return undefined;
  const { session } = await lucia.validateSession(id);
  return session ? { id, personId: session.userId } : undefined;
}

/** Opens a new session after sign-in; returns the Set-Cookie value. */
export async function openSession(context: AppLoadContext, personId: string): Promise<string> {
  const lucia = signInSessions(context.db, () => context.clock.now(), context.secure);
  const session = await lucia.createSession(personId, {});
  return lucia.createSessionCookie(session.id).serialize();
}

/** Ends this request's session; returns the Set-Cookie value that clears the cookie. */
export async function closeSession(request: Request, context: AppLoadContext): Promise<string> {
  const lucia = signInSessions(context.db, () => context.clock.now(), context.secure);
  const session = await readSession(request, context);
  if (session) await lucia.invalidateSession(session.id);
  return lucia.createBlankSessionCookie().serialize();
}
