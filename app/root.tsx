import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { LocaleProvider } from './i18n/locale';
import { rootMessages } from './i18n/messages/root';
import kit from './ui/css/kit.css?url';
import { ErrorPage } from './ui/error-page';
import { LaterFiles } from './ui/later-files';
import { FocusAfterNavigation, NavigationProgress, SkipLink } from './ui/navigation';
import { readLocale } from './web/locale.server';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: kit },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'manifest', href: '/manifest.webmanifest' },
];

/** For pages without a title of their own: the errors. */
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: rootMessages[data?.locale ?? 'zh'].productName },
];

export function loader({ request, context }: LoaderFunctionArgs) {
  return {
    locale: readLocale(request),
    demo: context.settings.demo,
    nonce: context.nonce,
    requestId: context.requestId,
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  const locale = data?.locale ?? 'zh';
  return (
    <html lang={locale === 'zh' ? 'zh-CN' : 'en'} data-mantine-color-scheme="light">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#F4F5F1" />
        <Meta />
        <Links />
      </head>
      <body>
        <LocaleProvider locale={locale}>
          <SkipLink />
          <NavigationProgress />
          <FocusAfterNavigation />
          {data?.demo ? (
            <aside className="demo-banner">{rootMessages[locale].demoBanner}</aside>
          ) : null}
          {children}
        </LocaleProvider>
        <ScrollRestoration nonce={data?.nonce} />
        <Scripts nonce={data?.nonce} />
        <LaterFiles />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
