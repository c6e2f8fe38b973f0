import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { LinksFunction } from '@remix-run/node';
import { countWaiting } from '~/domain/waiting/list-waiting.server';
import { ErrorContent, ErrorPage } from '~/ui/error-page';
import { Mantine, mantineLinks } from '~/ui/mantine';
import { TeachShell } from '~/ui/shell';
import { signedIn } from '~/web/page.server';
import { shellOf } from '~/web/shell.server';

export const links: LinksFunction = () => mantineLinks;

export const loader = signedIn(async ({ context, viewer }) => ({
  person: shellOf(viewer),
  waiting: await countWaiting(context.db, viewer),
}));

export default function TeachLayout() {
  return (
    <TeachShell {...useLoaderData<typeof loader>()}>
      <Mantine>
        <Outlet />
      </Mantine>
    </TeachShell>
  );
}

export function ErrorBoundary() {
  const loaded = useRouteLoaderData<typeof loader>('routes/teach/layout');
  if (!loaded) return <ErrorPage />;
  return (
    <TeachShell {...loaded}>
      <ErrorContent />
    </TeachShell>
  );
}
