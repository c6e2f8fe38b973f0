import { Form } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { IconSearch } from '~/ui/icons';
import styles from './caption-search-form.module.css';

/** The field that searches what is said in a class; works without JavaScript. */
export function SearchForm({ to, words }: { to: string; words: string }) {
  const text = useText(learnMessages).search;
  return (
    <Form method="get" action={to} role="search" className={styles.form}>
      <input
        className="input"
        type="search"
        name="words"
        maxLength={60}
        defaultValue={words}
        aria-label={text.label}
        placeholder={text.placeholder}
      />
      <button className="button outlined">
        <IconSearch size={20} aria-hidden="true" />
        {text.submit}
      </button>
    </Form>
  );
}
