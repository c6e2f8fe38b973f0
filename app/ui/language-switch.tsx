import { Form, useLocation } from '@remix-run/react';
import { useLocale, useText } from '~/i18n/locale';
import { shellMessages } from '~/i18n/messages/shell';
import { IconLanguage } from './icons';

/** One switch between Chinese and English; comes back to the same page. */
export function LanguageSwitch() {
  const locale = useLocale();
  const text = useText(shellMessages);
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/locale" preventScrollReset>
      <input type="hidden" name="to" value={pathname + search} />
      <button
        className="button text"
        name="locale"
        value={locale === 'zh' ? 'en' : 'zh'}
        lang={locale === 'zh' ? 'en' : 'zh-CN'}
      >
        <IconLanguage size={18} aria-hidden="true" />
        {text.otherLanguage}
      </button>
    </Form>
  );
}
