import type { PublicationObstacle } from '~/domain/courses/publication-check';
import type { VersionChange } from '~/domain/courses/version-changes';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { Link } from '~/ui/link';
import styles from './editor.module.css';

/** What stands in the way of publication, each with the way to its lesson. */
export function ObstacleList(props: { obstacles: PublicationObstacle[]; courseId: string }) {
  const text = useText(teachMessages);
  const words = text.publication.obstacle;
  const says = (obstacle: PublicationObstacle): string => {
    switch (obstacle.kind) {
      case 'no-lesson':
        return words.noLesson;
      case 'no-video':
        return words.noVideo(obstacle.title);
      case 'video-not-playable':
        return words.notPlayable(obstacle.title, text.editor.states[obstacle.state] ?? '');
      case 'no-text':
        return words.noText(obstacle.title);
      case 'unchanged':
        return words.unchanged(obstacle.number);
    }
  };
  return (
    <ul className={styles.reasons}>
      {props.obstacles.map((obstacle) => (
        <li key={says(obstacle)}>
          {'lessonId' in obstacle ? (
            <Link to={`/teach/courses/${props.courseId}/lessons/${obstacle.lessonId}`}>
              {says(obstacle)}
            </Link>
          ) : (
            says(obstacle)
          )}
        </li>
      ))}
    </ul>
  );
}

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
