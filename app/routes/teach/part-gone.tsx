import { isRouteErrorResponse, useParams, useRouteError } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { courseDraftMessages } from '~/i18n/messages/course-drafts';
import { ErrorContent } from '~/ui/error-page';
import { Link } from '~/ui/link';
import styles from './editor.module.css';

/**
 * Instead of a chapter or lesson that a colleague has removed while it was open here: the editor around it stays, with
 * its uploads. Any other error is told in its place.
 */
export function PartGone({ of }: { of: 'chapter' | 'lesson' }) {
  const error = useRouteError();
  const { courseId } = useParams();
  const text = useText(courseDraftMessages).gone;
  if (!isRouteErrorResponse(error) || error.status !== 404) return <ErrorContent />;
  const base = `/teach/courses/${courseId}`;
  return (
    <div role="alert" className="stack">
      <h1>{text[of]}</h1>
      <p className="second">{text.remedy}</p>
      <div className={styles.formEnd}>
        <Link className="button outlined" to={`${base}/history`}>
          {text.history}
        </Link>
        <Link className="button text" to={base}>
          {text.start}
        </Link>
      </div>
    </div>
  );
}
