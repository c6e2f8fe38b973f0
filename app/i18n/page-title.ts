import type { Locale, Messages } from './locale';
import { rootMessages } from './messages/root';

/** The `meta` of a page whose title is one of its area's texts: the title, then the product's name. */
export function pageTitle<T>(messages: Messages<T>, pick: (text: T) => string) {
  return ({ matches }: { matches: { id: string; data: unknown }[] }) => {
    const root = matches.find((match) => match.id === 'root')?.data as
      { locale?: Locale } | undefined;
    const locale = root?.locale === 'en' ? 'en' : 'zh';
    return [{ title: `${pick(messages[locale])} | ${rootMessages[locale].productName}` }];
  };
}
