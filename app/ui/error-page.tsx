import { isRouteErrorResponse, useRouteError, useRouteLoaderData } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { rootMessages } from '~/i18n/messages/root';
import { IconAlertCircle, IconLock, IconSearch, IconWifiOff } from './icons';
import { Link } from './link';

type Kind = keyof typeof rootMessages.zh.errors;

const LOOKS = {
  'not-found': { Icon: IconSearch, tone: '' },
  forbidden: { Icon: IconLock, tone: '' },
  unavailable: { Icon: IconAlertCircle, tone: 'wrong' },
  offline: { Icon: IconWifiOff, tone: 'transit' },
  other: { Icon: IconAlertCircle, tone: 'wrong' },
};

function kindOf(error: unknown): Kind {
  if (isRouteErrorResponse(error)) {
    if (error.status === 404) return 'not-found';
    if (error.status === 403) return 'forbidden';
    return error.status === 503 ? 'unavailable' : 'other';
  }
  const offline = typeof navigator !== 'undefined' && !navigator.onLine;
  return offline ? 'offline' : 'other';
}

/** What happened, what was kept, what to do: for every error a page can meet. */
export function ErrorContent() {
  const kind = kindOf(useRouteError());
  const text = useText(rootMessages);
  const root = useRouteLoaderData<{ requestId?: string }>('root');
  const { Icon, tone } = LOOKS[kind];
  const says = text.errors[kind];
  return (
    <div className="error-page">
      <p className={`kind ${tone}`}>
        <Icon size={20} aria-hidden="true" />
        {says.label}
      </p>
      <h1>{says.title}</h1>
      <p className="second">{says.remedy}</p>
      {kind === 'other' && root?.requestId ? (
        <p className="number">
          {text.errorNumber} <b>{root.requestId}</b>
        </p>
      ) : null}
      <div className="actions">
        <Link className="button outlined" to="/" reloadDocument>
          {text.backHome}
        </Link>
      </div>
    </div>
  );
}

/** The same as a page of its own, outside any frame. */
export function ErrorPage() {
  return (
    <main id="main" tabIndex={-1}>
      <ErrorContent />
    </main>
  );
}
