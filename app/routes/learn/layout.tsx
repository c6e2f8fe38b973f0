import { Outlet, useLoaderData, useMatches, useRouteLoaderData } from '@remix-run/react';
import { ErrorContent, ErrorPage } from '~/ui/error-page';
import { LearnShell } from '~/ui/shell';
import { signedIn } from '~/web/page.server';
import { shellOf } from '~/web/shell.server';

export const loader = signedIn(async ({ viewer }) => shellOf(viewer));

/** A page whose `handle` is `{ bare: true }` has its own bar at the foot instead of the tabs. */
function isBare(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && 'bare' in handle && handle.bare === true;
}

export default function LearnLayout() {
  const bare = useMatches().some((match) => isBare(match.handle));
  return (
    <LearnShell person={useLoaderData<typeof loader>()} bare={bare}>
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
