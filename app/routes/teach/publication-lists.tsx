import type { VersionChange } from '~/domain/courses/version-changes';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import styles from './editor.module.css';

/** What readers of the next version would find changed. */
export function ChangeList({ changes }: { changes: VersionChange[] }) {
  const text = useText(teachMessages).publication.change;
  const fields = useText(courseMessages).fields;
  const says = (change: VersionChange): string => {
    switch (change.kind) {
      case 'settings':
        return text.settings(change.fields.map((field) => fields[field] ?? field));
      case 'chapter-added':
        return text.chapterAdded(change.title);
      case 'chapter-removed':
        return text.chapterRemoved(change.title);
      case 'chapter-renamed':
      case 'lesson-renamed':
        return text.renamed(change.title, change.was);
      case 'lesson-added':
        return text.lessonAdded(change.title);
      case 'lesson-removed':
        return text.lessonRemoved(change.title);
      case 'lesson-moved':
        return text.moved(change.title, change.chapter);
      case 'video-changed':
        return text.video(change.title);
      case 'text-changed':
        return text.text(change.title);
      case 'plan-changed':
        return text.plan(change.title);
      case 'credits-changed':
        return text.credits(change.title);
      case 'order-changed':
        return text.order;
    }
  };
  return (
    <ul className={styles.reasons}>
      {changes.map((change) => (
        <li key={says(change)}>{says(change)}</li>
      ))}
    </ul>
  );
}
