import { createContext, useContext, type ReactNode } from 'react';

export type Locale = 'zh' | 'en';

/** The texts of one area: English has every key that Chinese has, or the compiler says so. */
export interface Messages<T> {
  zh: T;
  en: T;
}

/** Declares an area's texts; `en` must have the shape of `zh`. Use functions for what varies. */
export function defineMessages<T>(messages: { zh: T; en: NoInfer<T> }): Messages<T> {
  return messages;
}

const LocaleContext = createContext<Locale>('zh');

export function LocaleProvider(props: { locale: Locale; children: ReactNode }) {
  return <LocaleContext.Provider value={props.locale}>{props.children}</LocaleContext.Provider>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** The area's texts in the reader's language. */
export function useText<T>(messages: Messages<T>): T {
  return messages[useLocale()];
}
