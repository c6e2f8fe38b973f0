import type { OpenTalk } from '~/domain/comments/list-open-talk.server';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { commentMessages } from '~/i18n/messages/comments';
import { Badge } from '~/ui/badge';
import { Link } from '~/ui/link';
import type { EditorData } from './editor';
import styles from './publication.module.css';

/** So many lessons are shown at once; the rest is one click away. */
const SHOWN = 8;

/** Suggestions and comments of the draft that nobody has settled, in the order of its lessons, with the way to them. */
export function OpenComments(props: { editor: EditorData; talk: readonly OpenTalk[] }) {
  const { courseId, chapters } = props.editor;
  const text = useText(commentMessages).course;
  const more = useText(checkListMessages).more;
  const talk = new Map(props.talk.map((one) => [one.lessonId, one]));
  const rows = chapters
    .flatMap(({ lessons }) => lessons)
    .flatMap(({ id, title }) => {
      const open = talk.get(id);
      if (!open) return [];
      const { suggestions, comments, threadId } = open;
      const counts = [
        suggestions > 0 ? text.suggestions(suggestions) : [],
        comments > 0 ? text.comments(comments) : [],
      ].flat();
      return (
        <li key={id} className={styles.check}>
          <b>{title}</b>
          <Link to={`/teach/courses/${courseId}/lessons/${id}#thread-${threadId}`}>
            {counts.join(text.and)}
          </Link>
        </li>
      );
    });
  if (rows.length === 0) return null;
  const total = props.talk.reduce((sum, one) => sum + one.suggestions + one.comments, 0);
  return (
    <section className={styles.group}>
      <h2>
        <Badge tone="transit" plainWord>
          {text.title(total)}
        </Badge>
      </h2>
      <p className="second small">{text.hint}</p>
      <ul className={`plain ${styles.checks}`}>{rows.slice(0, SHOWN)}</ul>
      {rows.length > SHOWN ? (
        <details>
          <summary>{more(rows.length - SHOWN)}</summary>
          <ul className={`plain ${styles.checks}`}>{rows.slice(SHOWN)}</ul>
        </details>
      ) : null}
    </section>
  );
}
