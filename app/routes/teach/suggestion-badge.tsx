import { useRef } from 'react';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import type { Placed } from './comment-marks';
import type { Comments } from './use-comments';
import styles from './comments.module.css';

/** How many suggestions stand in the text; leads from one to the next. */
export function SuggestionBadge({ comments, placed }: { comments: Comments; placed: Placed }) {
  const text = useText(commentMessages);
  const next = useRef(0);
  const open = (comments.said?.threads ?? []).filter(
    ({ id, replacement, decided }) => replacement !== null && !decided && placed.has(id),
  );
  if (open.length === 0) return null;
  const go = () => {
    const cards = document.querySelectorAll<HTMLElement>(`.${styles.host ?? ''} [data-thread]`);
    const card = cards[next.current % cards.length];
    next.current += 1;
    card?.scrollIntoView({ block: 'center' });
    card?.focus({ preventScroll: true });
  };
  return (
    <button
      type="button"
      className={styles.badge}
      aria-label={text.nextSuggestion(open.length)}
      onClick={go}
    >
      {text.suggestions(open.length)}
    </button>
  );
}
