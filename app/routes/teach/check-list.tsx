import type { OpenPoint, PublicationObstacle } from '~/domain/courses/publication-check';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { teachMessages } from '~/i18n/messages/teach';
import { Link } from '~/ui/link';
import styles from './publication.module.css';

type Point = PublicationObstacle | OpenPoint;
type LessonPoint = Extract<Point, { lessonId: string }>;

/** So many lessons are shown at once; the rest is one click away. */
const SHOWN = 8;

/** Points of the check list, lesson by lesson, each with the way to where it is repaired. */
export function CheckList(props: {
  points: readonly Point[];
  courseId: string;
  moment: (at: number) => string;
}) {
  const text = useText(checkListMessages);
  const lessons = new Map<string, LessonPoint[]>();
  for (const point of props.points) {
    if (!('lessonId' in point)) continue;
    lessons.set(point.lessonId, [...(lessons.get(point.lessonId) ?? []), point]);
  }
  const rows = [...lessons.values()].map((points) => (
    <LessonRow key={points[0]?.lessonId} {...props} points={points} />
  ));
  return (
    <>
      {props.points.some(({ kind }) => kind === 'no-lesson') ? <p>{text.noLesson}</p> : null}
      <ul className={`plain ${styles.checks}`}>{rows.slice(0, SHOWN)}</ul>
      {rows.length > SHOWN ? (
        <details>
          <summary>{text.more(rows.length - SHOWN)}</summary>
          <ul className={`plain ${styles.checks}`}>{rows.slice(SHOWN)}</ul>
        </details>
      ) : null}
    </>
  );
}

function LessonRow(props: {
  points: LessonPoint[];
  courseId: string;
  moment: (at: number) => string;
}) {
  const { points, courseId, moment } = props;
  const says = useWords(moment);
  return (
    <li className={styles.check}>
      <b>{points[0]?.title}</b>
      <ul className={`plain ${styles.points}`}>
        {points.map((point) => (
          <li key={says(point)}>
            <Link to={placeOf(point, courseId)}>{says(point)}</Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

function placeOf({ kind, lessonId }: LessonPoint, courseId: string): string {
  const lesson = `/teach/courses/${courseId}/lessons/${lessonId}`;
  return kind === 'no-captions' ? `${lesson}/captions` : lesson;
}

function useWords(moment: (at: number) => string): (point: LessonPoint) => string {
  const text = useText(checkListMessages);
  const states = useText(teachMessages).editor.states;
  return (point) => {
    switch (point.kind) {
      case 'no-video':
        return text.noVideo;
      case 'video-not-playable':
        return text.notPlayable(states[point.state] ?? '');
      case 'no-text':
        return text.noText;
      case 'lost-lesson':
        return text.lostLesson(point.url);
      case 'no-captions':
        return text.noCaptions;
      case 'author-left':
        return text.authorLeft;
      case 'no-plan':
        return text.noPlan;
      case 'link-unchecked':
        return text.unchecked(point.url);
      case 'link-fails':
        return text.fails(
          point.url,
          point.status === null ? text.noAnswer : String(point.status),
          moment(point.checkedAt),
        );
    }
  };
}
