import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { DomainError, NotSignedIn, Unavailable } from '~/domain/shared/errors';
import { isStorageFault } from '~/infra/storage-fault.server';
import { readViewer } from './session.server';

export type SignedInArgs = LoaderFunctionArgs & { viewer: Viewer };

/**
 * A page's loader or action for signed-in people: others are sent to sign in and come back;
 * those who have not finished their first sign-in finish it first. Domain errors become Responses
 * that the nearest error boundary explains (data: `{ type, detail }`).
 */
export function signedIn<T>(
  handle: (args: SignedInArgs) => Promise<T>,
): (args: LoaderFunctionArgs) => Promise<T> {
  return (args) =>
    explained(async () => {
      const viewer = await readViewer(args.request, args.context);
      const url = new URL(args.request.url);
      const back = encodeURIComponent(url.pathname + url.search);
      if (!viewer) throw redirect(`/sign-in?to=${back}`);
      if (viewer.mustFinishSignUp && url.pathname !== '/welcome')
        throw redirect(`/welcome?to=${back}`);
      return handle({ ...args, viewer });
    });
}

/** The same for pages that anybody may open; `viewer` is undefined for those not signed in. */
export function anyone<T>(
  handle: (args: LoaderFunctionArgs & { viewer: Viewer | undefined }) => Promise<T>,
): (args: LoaderFunctionArgs) => Promise<T> {
  return (args) =>
    explained(async () =>
      handle({ ...args, viewer: await readViewer(args.request, args.context) }),
    );
}

/** Turns a domain error, and a database that cannot take the work now, into the Response that an error boundary shows. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = isStorageFault(thrown) ? new Unavailable('cannot-store') : thrown;
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof NotSignedIn) throw redirect('/sign-in');
    throw Response.json(
      { type: error.type, detail: error.message },
      { status: error.status, statusText: error.type },
    );
  }
}
