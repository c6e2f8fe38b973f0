import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { LinksFunction } from '@remix-run/node';
import { ErrorContent, ErrorPage } from '~/ui/error-page';
import { Mantine, mantineLinks } from '~/ui/mantine';
import { TeachShell } from '~/ui/shell';
import { signedIn } from '~/web/page.server';
import { shellOf } from '~/web/shell.server';

export const links: LinksFunction = () => mantineLinks;

export const loader = signedIn(async ({ viewer }) => shellOf(viewer));

export default function TeachLayout() {
  return (
    <TeachShell person={useLoaderData<typeof loader>()}>
      <Mantine>
        <Outlet />
      </Mantine>
    </TeachShell>
  );
}

export function ErrorBoundary() {
  const person = useRouteLoaderData<typeof loader>('routes/teach/layout');
  if (!person) return <ErrorPage />;
  return (
    <TeachShell person={person}>
      <ErrorContent />
    </TeachShell>
  );
}
