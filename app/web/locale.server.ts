import type { Locale } from '~/i18n/locale';

export const LOCALE_COOKIE = 'jx_locale';

/** The language of a request: the switch's cookie, else Chinese. */
export function readLocale(request: Request): Locale {
  return localeOf(request.headers.get('cookie'));
}

/** As `readLocale`, from the text of the Cookie header. */
export function localeOf(cookies: string | null | undefined): Locale {
  const match = /(?:^|;\s*)jx_locale=(zh|en)(?:;|$)/.exec(cookies ?? '');
  return match?.[1] === 'en' ? 'en' : 'zh';
}
