import { MantineProvider } from '@mantine/core';
import { useRouteLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import mantineStyles from '@mantine/core/styles.css?url';
import { cssVariablesResolver, theme } from './theme';

/** The kit's stylesheet; linked only by the layouts that use the kit, before their own styles. */
export const mantineLinks = [{ rel: 'stylesheet', href: mantineStyles }];

/**
 * The nonce of the document that is open. Every later answer brings another one, which this document's policy
 * does not know.
 */
function documentNonce(): string | undefined {
  if (typeof document === 'undefined') return undefined;
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
}

/** Mantine for the desks of instructors and administrators; its style elements carry the page's nonce. */
export function Mantine({ children }: { children: ReactNode }) {
  const answered = useRouteLoaderData<{ nonce?: string }>('root')?.nonce ?? '';
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme="light"
      getStyleNonce={() => documentNonce() ?? answered}
    >
      {children}
    </MantineProvider>
  );
}
