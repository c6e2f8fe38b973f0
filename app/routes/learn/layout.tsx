import {
  Outlet,
  useLoaderData,
  useMatches,
  useRevalidator,
  useRouteLoaderData,
} from '@remix-run/react';
import { useEffect } from 'react';
import { ErrorContent, ErrorPage } from '~/ui/error-page';
import { LearnShell } from '~/ui/shell';
import { signedIn } from '~/web/page.server';
import { shellOf } from '~/web/shell.server';

export const loader = signedIn(async ({ viewer }) => ({
  ...shellOf(viewer),
  personId: viewer.personId,
}));

/** A page whose `handle` is `{ bare: true }` has its own bar at the foot instead of the tabs. */
function isBare(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && 'bare' in handle && handle.bare === true;
}

/** At a visit: sends what an earlier one left on this device, and shows the figures that come of it. */
function useLeftovers(personId: string): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    // Without a line it stays in the queue, for the next visit.
    import('~/player/send-leftovers')
      .then(({ sendLeftovers }) => sendLeftovers(personId, revalidate))
      .catch(() => undefined);
    // Once a visit: what this page itself records, the player sends.
  }, [personId, revalidate]);
}

export default function LearnLayout() {
  const person = useLoaderData<typeof loader>();
  const bare = useMatches().some((match) => isBare(match.handle));
  useLeftovers(person.personId);
  return (
    <LearnShell person={person} bare={bare}>
      <Outlet />
    </LearnShell>
  );
}

export function ErrorBoundary() {
  const person = useRouteLoaderData<typeof loader>('routes/learn/layout');
  if (!person) return <ErrorPage />;
  return (
    <LearnShell person={person}>
      <ErrorContent />
    </LearnShell>
  );
}
