import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { LinksFunction } from '@remix-run/node';
import { ErrorContent, ErrorPage } from '~/ui/error-page';
import { Mantine, mantineLinks } from '~/ui/mantine';
import { ManageShell } from '~/ui/shell';
import { signedIn } from '~/web/page.server';
import { shellOf } from '~/web/shell.server';

export const links: LinksFunction = () => mantineLinks;

export const loader = signedIn(async ({ viewer }) => shellOf(viewer));

export default function ManageLayout() {
  return (
    <ManageShell person={useLoaderData<typeof loader>()}>
      <Mantine>
        <Outlet />
      </Mantine>
    </ManageShell>
  );
}

export function ErrorBoundary() {
  const person = useRouteLoaderData<typeof loader>('routes/manage/layout');
  if (!person) return <ErrorPage />;
  return (
    <ManageShell person={person}>
      <ErrorContent />
    </ManageShell>
  );
}
