import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { ErrorContent, ErrorPage } from '~/ui/error-page';
import { PublicShell } from '~/ui/shell';
import { anyone } from '~/web/page.server';
import { shellOf } from '~/web/shell.server';

export const loader = anyone(async ({ viewer }) => ({
  person: viewer && shellOf(viewer),
}));

export default function PublicLayout() {
  return (
    <PublicShell person={useLoaderData<typeof loader>().person}>
      <Outlet />
    </PublicShell>
  );
}

export function ErrorBoundary() {
  const data = useRouteLoaderData<typeof loader>('routes/catalog/layout');
  if (!data) return <ErrorPage />;
  return (
    <PublicShell person={data.person}>
      <ErrorContent />
    </PublicShell>
  );
}
