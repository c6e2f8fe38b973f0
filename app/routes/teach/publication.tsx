import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useOutletContext } from '@remix-run/react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { listCourseVersions } from '~/domain/courses/published-courses.server';
import { Conflict } from '~/domain/shared/errors';
import { getPublicationStanding } from '~/domain/sign-offs/get-publication-standing.server';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { signOffMessages } from '~/i18n/messages/sign-offs';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { TextField } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import type { EditorContext } from './editor';
import { publicationStep, takePublicationStep } from './publication-action.server';
import { ChangeList, ObstacleList } from './publication-lists';
import { Candidate } from './publication-candidate';
import styles from './editor.module.css';

export const loader = signedIn(async ({ params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  await requireCourseReader(context.db, viewer, courseId);
  const [versions, standing] = await Promise.all([
    listCourseVersions(context.db, courseId),
    getPublicationStanding(context.db, viewer, courseId),
  ]);
  return {
    versions: versions.map(({ changes: _changes, note: _note, ...version }) => version),
    standing,
    administrator: viewer.administrator,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  const step = parseFields(publicationStep, textFields(await request.formData()));
  try {
    return data(await takePublicationStep(context, viewer, courseId, step));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // The page shows how things are now.
    return data({ done: undefined, number: 0, refused: error.type }, { status: error.status });
  }
});

export default function Publication() {
  const { versions, standing, administrator } = useLoaderData<typeof loader>();
  const { editor } = useOutletContext<EditorContext>();
  const answer = useActionData<typeof action>();
  const text = useText(teachMessages).publication;
  const words = useText(courseMessages);
  const signs = useText(signOffMessages);
  const moment = useMoment(editor.zone);
  const { request } = standing;
  return (
    <>
      <h1 className={styles.title}>{text.title}</h1>
      <div className="stack">
        <p className="second">{text.lead}</p>
        {answer?.number ? <Notice tone="done">{text.done(answer.number)}</Notice> : null}
        {answer?.done ? <Notice tone="done">{signs.told[answer.done]}</Notice> : null}
        {answer?.refused ? (
          <Notice tone="wrong">
            {signs.refused[answer.refused as keyof typeof signs.refused] ??
              signs.refused['request-closed']}
          </Notice>
        ) : null}
        {request ? (
          <Candidate
            request={request}
            mayPublish={standing.mayPublish}
            ready={editor.publication.obstacles.length === 0}
            leadOrganizationId={editor.leadOrganizationId}
            moment={moment}
          />
        ) : (
          <Draft editor={editor} alone={standing.alone} />
        )}
        {administrator ? <BureauReview required={standing.bureauReviews} /> : null}
        {!administrator && standing.bureauReviews ? <p className="second">{signs.bureau}</p> : null}
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

/** Whether the draft could become the next candidate, and what it would change. */
function Draft({ editor, alone }: { editor: EditorContext['editor']; alone: boolean }) {
  const text = useText(teachMessages).publication;
  const signs = useText(signOffMessages);
  const { last, changes, obstacles } = editor.publication;
  const next = (last?.number ?? 0) + 1;
  const [only] = obstacles;
  const unchanged = obstacles.length === 1 && only?.kind === 'unchanged' ? only : undefined;
  return (
    <>
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
        <Form method="post" className="stack">
          <TextField label={signs.note} name="note" rows={2} maxLength={500} />
          <p className="second">{alone ? null : signs.lead}</p>
          <div>
            <button className="button" name="intent" value={alone ? 'publish-alone' : 'request'}>
              {alone ? signs.alone(next) : signs.request(next)}
            </button>
          </div>
        </Form>
      ) : null}
    </>
  );
}

function BureauReview({ required }: { required: boolean }) {
  const text = useText(signOffMessages);
  return (
    <Form method="post" className="split">
      <span className="second">{required ? text.bureau : ''}</span>
      <button
        className="button outlined"
        name="intent"
        value={required ? 'waive-bureau' : 'require-bureau'}
      >
        {required ? text.bureauOff : text.bureauOn}
      </button>
    </Form>
  );
}
