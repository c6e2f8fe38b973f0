import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { rootMessages } from '~/i18n/messages/root';

/** What happened, what was kept, what to do: for every error a page can meet. */
export function ErrorPage() {
  const error = useRouteError();
  const text = useText(rootMessages);
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const kind =
    status === 404
      ? 'not-found'
      : status === 403
        ? 'forbidden'
        : status === 503
          ? 'unavailable'
          : 'other';
  return (
    <main className="error-page">
      <h1>{text.errors[kind].title}</h1>
      <p>{text.errors[kind].remedy}</p>
      <Link className="button" to="/">
        {text.backHome}
      </Link>
    </main>
  );
}
