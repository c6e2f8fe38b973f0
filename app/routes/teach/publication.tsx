import { data } from '@remix-run/node';
import { Form, useLoaderData, useOutletContext } from '@remix-run/react';
import { useState } from 'react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { listOpenTalk, type OpenTalk } from '~/domain/comments/list-open-talk.server';
import { getCourseDraft } from '~/domain/courses/course-draft.server';
import { judgeDraft, type PublicationState } from '~/domain/courses/publication-state.server';
import { listCourseVersions } from '~/domain/courses/published-courses.server';
import { deriveCourseArticles } from '~/domain/lesson-texts/derive-article.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { getPublicationStanding } from '~/domain/sign-offs/get-publication-standing.server';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { courseMessages } from '~/i18n/messages/courses';
import { signOffMessages } from '~/i18n/messages/sign-offs';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { Badge } from '~/ui/badge';
import { TextField } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import type { EditorContext } from './editor';
import { publicationStep, takePublicationStep } from './publication-action.server';
import { CheckList } from './check-list';
import { ChangeList } from './publication-lists';
import { OpenComments } from './open-comments';
import { Candidate } from './publication-candidate';
import { useAnswer } from './use-answer';
import editorStyles from './editor.module.css';
import styles from './publication.module.css';

export const loader = signedIn(async ({ params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  const { db } = context;
  await requireCourseReader(db, viewer, courseId);
  // Who has just written the last word judges it, too.
  await deriveCourseArticles(db, courseId);
  const [versions, standing, judged, talk] = await Promise.all([
    listCourseVersions(db, courseId),
    getPublicationStanding(db, viewer, courseId),
    getCourseDraft(db, courseId).then((draft) => judgeDraft(db, draft)),
    listOpenTalk(db, courseId),
  ]);
  return {
    versions: versions.map(({ id, number, publishedBy, publishedAt }) => ({
      ...{ id, number, publishedBy, publishedAt },
    })),
    standing,
    judged,
    talk,
    administrator: viewer.administrator,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  const step = parseFields(publicationStep, textFields(await request.formData()));
  try {
    return data(await takePublicationStep(context, viewer, courseId, step));
  } catch (error) {
    const nothing = { done: undefined, number: 0, refused: '' };
    if (error instanceof Invalid) {
      return data({ ...nothing, errors: fieldErrors(error) }, { status: error.status });
    }
    if (!(error instanceof Conflict)) throw error;
    // The page shows how things are now.
    return data({ ...nothing, refused: error.type, errors: {} }, { status: error.status });
  }
});

export default function Publication() {
  const { versions, standing, judged, talk, administrator } = useLoaderData<typeof loader>();
  const { editor } = useOutletContext<EditorContext>();
  const answer = useAnswer<typeof action>();
  const text = useText(teachMessages).publication;
  const words = useText(courseMessages);
  const signs = useText(signOffMessages);
  const moment = useMoment(editor.zone);
  const { request } = standing;
  // Kept here: the form goes and comes with what colleagues do to the draft.
  const [note, setNote] = useState('');
  return (
    <>
      <h1 className={editorStyles.title}>{text.title}</h1>
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
          <>
            {' '}
            <Candidate
              request={request}
              mayPublish={standing.mayPublish}
              ready={judged.obstacles.length === 0}
              courseId={editor.courseId}
              leadOrganizationId={editor.leadOrganizationId}
              moment={moment}
            />
            <OpenComments editor={editor} talk={talk} />
          </>
        ) : (
          <Draft
            {...{ editor, judged, note, setNote }}
            alone={standing.alone}
            talk={talk}
            errors={answer?.errors ?? {}}
            moment={moment}
          />
        )}
        {administrator ? <BureauReview required={standing.bureauReviews} /> : null}
        {!administrator && standing.bureauReviews ? <p className="second">{signs.bureau}</p> : null}
        <section>
          <h2>{text.versions}</h2>
          {versions.length === 0 ? <p className="second">{text.none}</p> : null}
          <ol className="plain">
            {versions.map((version) => (
              <li key={version.id} className={editorStyles.item}>
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
function Draft(props: {
  editor: EditorContext['editor'];
  judged: PublicationState;
  alone: boolean;
  talk: OpenTalk[];
  errors: FieldErrors;
  moment: (at: number) => string;
  note: string;
  setNote: (note: string) => void;
}) {
  const { editor, judged, alone, talk, errors, moment, note, setNote } = props;
  const text = useText(teachMessages).publication;
  const signs = useText(signOffMessages);
  const checks = useText(checkListMessages);
  const { last, changes, obstacles, openPoints } = judged;
  const next = (last?.number ?? 0) + 1;
  const unchanged = obstacles.find(({ kind }) => kind === 'unchanged');
  const open = openPoints.length > 0;
  return (
    <>
      {unchanged ? <p>{text.unchanged(next - 1)}</p> : null}
      <DraftChecks {...{ editor, judged, moment }} />
      <OpenComments editor={editor} talk={talk} />
      {last && changes.length > 0 ? (
        <section>
          <h2>{text.changes(last.number)}</h2>
          <ChangeList changes={changes} />
        </section>
      ) : null}
      {!last && obstacles.length === 0 ? <p>{text.first}</p> : null}
      {editor.mayEdit && obstacles.length === 0 ? (
        <Form method="post" className="stack">
          <TextField
            label={open ? checks.note : signs.note}
            name="note"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            rows={2}
            maxLength={500}
            required={open}
            error={errors.note ? checks.noteNeeded : undefined}
          />
          {alone ? null : <p className="second">{signs.lead}</p>}
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

/** The check list of the draft: what has to be repaired, and what had better be. */
function DraftChecks(props: {
  editor: EditorContext['editor'];
  judged: PublicationState;
  moment: (at: number) => string;
}) {
  const { courseId, mayEdit } = props.editor;
  const { obstacles, openPoints: should } = props.judged;
  const text = useText(checkListMessages);
  const must = obstacles.filter(({ kind }) => kind !== 'unchanged');
  const list = { courseId, moment: props.moment };
  if (must.length + should.length === 0) return <Notice tone="done">{text.done}</Notice>;
  return (
    <>
      {must.length > 0 ? (
        <section className={styles.group}>
          <h2>
            <Badge tone="wrong">{text.must(must.length)}</Badge>
          </h2>
          <CheckList points={must} {...list} />
        </section>
      ) : null}
      {should.length > 0 ? (
        <section className={styles.group}>
          <div className="split">
            <h2>
              <Badge tone="pending">{text.should(should.length)}</Badge>
            </h2>
            {mayEdit && should.some(({ kind }) => kind.startsWith('link-')) ? (
              <Form method="post">
                <button className="button text" name="intent" value="check-links">
                  {text.recheck}
                </button>
              </Form>
            ) : null}
          </div>
          <p className="second small">{text.shouldHint}</p>
          <CheckList points={should} {...list} />
        </section>
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
