import { useLocation, useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useText } from '~/i18n/locale';
import { shellMessages } from '~/i18n/messages/shell';

/** A line at the top while the next page is on its way; said aloud once. */
export function NavigationProgress() {
  const busy = useNavigation().state !== 'idle';
  const text = useText(shellMessages);
  return (
    <>
      <div role="status" className="visually-hidden">
        {busy ? text.loading : ''}
      </div>
      {busy ? <div className="navigation-progress" aria-hidden="true" /> : null}
    </>
  );
}

/** After a change of page the focus goes to its heading, so that it is read and Tab starts there. */
export function FocusAfterNavigation() {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? document.getElementById('main'))?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}

export function SkipLink() {
  const text = useText(shellMessages);
  return (
    <a className="skip-link" href="#main">
      {text.skip}
    </a>
  );
}
