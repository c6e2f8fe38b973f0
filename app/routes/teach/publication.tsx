import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useOutletContext } from '@remix-run/react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { NotPublishable, publishCourse } from '~/domain/courses/publish-course.server';
import { listCourseVersions } from '~/domain/courses/published-courses.server';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { signedIn } from '~/web/page.server';
import { ChangeList, ObstacleList } from './publication-lists';
import type { EditorContext } from './editor';
import styles from './editor.module.css';

export const loader = signedIn(async ({ params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  await requireCourseReader(context.db, viewer, courseId);
  return { versions: await listCourseVersions(context.db, courseId) };
});

export const action = signedIn(async ({ params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  try {
    const now = context.clock.now();
    const { number } = await publishCourse(context.db, viewer, { courseId, now });
    return data({ number });
  } catch (error) {
    if (!(error instanceof NotPublishable)) throw error;
    // The page lists the obstacles as they are now.
    return data({ number: 0 }, { status: error.status });
  }
});

export default function Publication() {
  const { versions } = useLoaderData<typeof loader>();
  const { editor } = useOutletContext<EditorContext>();
  const answer = useActionData<typeof action>();
  const text = useText(teachMessages).publication;
  const words = useText(courseMessages);
  const moment = useMoment(editor.zone);
  const { last, changes, obstacles } = editor.publication;
  const next = (last?.number ?? 0) + 1;
  const [only] = obstacles;
  const unchanged = obstacles.length === 1 && only?.kind === 'unchanged' ? only : undefined;
  return (
    <>
      <h1 className={styles.title}>{text.title}</h1>
      <div className="stack">
        <p className="second">{text.lead}</p>
        {answer?.number ? <Notice tone="done">{text.done(answer.number)}</Notice> : null}
        {unchanged ? (
          <p>{text.obstacle.unchanged(unchanged.number)}</p>
        ) : obstacles.length > 0 ? (
          <>
            <Notice tone="pending">{text.blocked(obstacles.length)}</Notice>
            <ObstacleList obstacles={obstacles} courseId={editor.courseId} />
          </>
        ) : (
          <Notice tone="done">{text.ready}</Notice>
        )}
        {last && changes.length > 0 ? (
          <section>
            <h2>{text.changes(last.number)}</h2>
            <ChangeList changes={changes} />
          </section>
        ) : null}
        {!last && obstacles.length === 0 ? <p>{text.first}</p> : null}
        {editor.mayEdit && obstacles.length === 0 ? (
          <Form method="post">
            <button className="button">{text.submit(next)}</button>
          </Form>
        ) : null}
        <section>
          <h2>{text.versions}</h2>
          {versions.length === 0 ? <p className="second">{text.none}</p> : null}
          <ol className="plain">
            {versions.map((version) => (
              <li key={version.id} className={styles.item}>
                <span>
                  <b>{words.version(version.number)}</b>{' '}
                  <span className="second">
                    {text.by(version.publishedBy, moment(version.publishedAt))}
                  </span>
                </span>
                <Link to={`/teach/courses/${editor.courseId}/versions/${version.number}`}>
                  {text.preview}
                </Link>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}
