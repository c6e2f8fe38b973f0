import type { Locale } from '~/i18n/locale';

export const LOCALE_COOKIE = 'jx_locale';

/** The language of a request: the switch's cookie, else Chinese. */
export function readLocale(request: Request): Locale {
  const match = /(?:^|;\s*)jx_locale=(zh|en)(?:;|$)/.exec(request.headers.get('cookie') ?? '');
  return match?.[1] === 'en' ? 'en' : 'zh';
}
