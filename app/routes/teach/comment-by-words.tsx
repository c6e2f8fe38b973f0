import { useState } from 'react';
import type * as Y from 'yjs';
import { findWords } from '~/domain/comments/text-range';
import { useText } from '~/i18n/locale';
import { commentMessages } from '~/i18n/messages/comments';
import { Field } from '~/ui/field';
import type { Wish } from './comment-bubble';
import type { TextAnchor } from './comment-places';
import styles from './comments.module.css';

/** For readers who select nothing with a mouse: names the words to speak about by writing them. */
export function CommentByWords(props: {
  doc: Y.Doc;
  onAnchor: (wish: Wish, anchor: TextAnchor) => void;
}) {
  const { doc, onAnchor } = props;
  const text = useText(commentMessages);
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const begin = (wish: Wish) => {
    const quote = words.trim();
    const range = quote ? findWords(doc, quote) : undefined;
    setMissing(!range);
    if (!range) return;
    const { end } = range;
    if (wish === 'insert') onAnchor(wish, { kind: 'text', start: end, end, quote: '' });
    else onAnchor(wish, { kind: 'text', ...range, quote });
  };
  return (
    <details className={styles.byWords}>
      <summary className="small">{text.byWords}</summary>
      <div className={styles.form}>
        <Field
          label={text.whichWords}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          error={missing ? text.noSuchWords : undefined}
        />
        <div className={styles.actions}>
          <button type="button" className="button outlined" onClick={() => begin('suggest')}>
            {text.suggest}
          </button>
          <button type="button" className="button outlined" onClick={() => begin('insert')}>
            {text.insertBehind}
          </button>
          <button type="button" className="button outlined" onClick={() => begin('comment')}>
            {text.comment}
          </button>
        </div>
      </div>
    </details>
  );
}
