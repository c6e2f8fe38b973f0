import { data } from '@remix-run/node';
import { Form, useLoaderData, useOutletContext } from '@remix-run/react';
import { z } from 'zod';
import { canEditPart } from '~/domain/co-authoring/part-reach.server';
import type { LineChange } from '~/domain/revisions/article-lines.server';
import { compareRevision } from '~/domain/revisions/compare-revisions.server';
import { nameRevision } from '~/domain/revisions/name-revision.server';
import { restoreCourse } from '~/domain/revisions/restore-course.server';
import { restoreLesson } from '~/domain/revisions/restore-lesson.server';
import { Conflict } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { revisionMessages } from '~/i18n/messages/revisions';
import { useMoment } from '~/i18n/moment';
import { Field } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import type { EditorContext } from './editor';
import { ChangeList } from './publication-lists';
import { useAnswer } from './use-answer';
import editorStyles from './editor.module.css';
import styles from './history.module.css';

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { courseId = '', revisionId = '' } = params;
  const revision = await compareRevision(context.db, viewer, { courseId, revisionId });
  const { lessonId } = revision;
  const mayRestore =
    lessonId !== null &&
    (await canEditPart(context.db, viewer, { courseId, lessonId, removedToo: true }));
  return { ...revision, mayRestore };
});

const step = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('name'), name: z.string().trim().max(60).default('') }),
  z.object({ intent: z.literal('restore-lesson') }),
  z.object({ intent: z.literal('restore-course'), version: z.coerce.number().int() }),
]);

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { db, clock } = context;
  const asked = parseFields(step, textFields(await request.formData()));
  const input = {
    courseId: params.courseId ?? '',
    revisionId: params.revisionId ?? '',
    now: clock.now(),
  };
  const told = (done: 'named' | 'restored', videoGone = false, leftAlone = false) =>
    data({ done, videoGone, leftAlone, refused: '' });
  try {
    if (asked.intent === 'name') {
      await nameRevision(db, viewer, { ...input, name: asked.name });
      return told('named');
    }
    if (asked.intent === 'restore-lesson') {
      const { videoGone } = await restoreLesson(db, viewer, input);
      return told('restored', videoGone);
    }
    const { version } = asked;
    const done = await restoreCourse(db, viewer, { ...input, version });
    return told('restored', done.videosGone.length > 0, done.leftAlone);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return data(
      { done: undefined, videoGone: false, leftAlone: false, refused: error.type },
      { status: error.status },
    );
  }
});

export default function Revision() {
  const revision = useLoaderData<typeof loader>();
  const { editor } = useOutletContext<EditorContext>();
  const answer = useAnswer<typeof action>();
  const text = useText(revisionMessages);
  const moment = useMoment(editor.zone);
  const { lessonId, changes, lines, hasBefore, mayRestore } = revision;
  const back = `/teach/courses/${editor.courseId}/history`;
  const differs = changes.length > 0 || lines.some((line) => line.kind !== 'same');
  return (
    <>
      <h1 className={editorStyles.title}>{lessonId === null ? text.outline : revision.title}</h1>
      <div className="stack">
        <div className="split">
          <span className="second">
            {text.by(revision.personName, revision.organizationName)} ·{' '}
            {text.span(moment(revision.begunAt), moment(revision.endedAt))}
          </span>
          <Link to={lessonId === null ? back : `${back}?lesson=${lessonId}`}>{text.back}</Link>
        </div>
        {answer?.done === 'named' ? <Notice tone="done">{text.nameSaved}</Notice> : null}
        {answer?.done === 'restored' ? (
          <Notice tone={answer.videoGone ? 'pending' : 'done'}>
            {answer.videoGone ? text.videoGone : text.restored}
            {answer.leftAlone ? text.leftAlone : ''}
          </Notice>
        ) : null}
        {answer?.refused ? (
          <Notice tone="wrong">
            {text.refused[answer.refused as keyof typeof text.refused] ??
              text.refused['stale-save']}
          </Notice>
        ) : null}
        {hasBefore ? null : <p>{text.first}</p>}
        {hasBefore && !differs ? <p>{text.nothing}</p> : null}
        {changes.length > 0 ? (
          <section>
            <h2>{text.words}</h2>
            <ChangeList changes={changes} />
          </section>
        ) : null}
        {lines.length > 0 ? (
          <section>
            <h2>{text.text}</h2>
            <Lines lines={lines} marked={hasBefore} />
          </section>
        ) : null}
        {editor.mayEdit ? (
          <section className={`card ${styles.restore}`}>
            {mayRestore || editor.mayLead ? <p className="second">{text.restoreHint}</p> : null}
            <Form method="post" className={styles.buttons}>
              <input type="hidden" name="version" value={editor.version} />
              {mayRestore ? (
                <button className="button" name="intent" value="restore-lesson">
                  {text.restoreLesson}
                </button>
              ) : null}
              {editor.mayLead ? (
                <button className="button outlined" name="intent" value="restore-course">
                  {text.restoreCourse}
                </button>
              ) : null}
            </Form>
            <Form method="post" className={styles.naming}>
              <Field
                label={text.name}
                name="name"
                maxLength={60}
                defaultValue={revision.name ?? ''}
              />
              <button className="button outlined" name="intent" value="name">
                {text.nameSubmit}
              </button>
            </Form>
          </section>
        ) : null}
      </div>
    </>
  );
}

/** A text with what was taken out and put in; said in words too, for those who do not see the colours. */
function Lines({ lines, marked }: { lines: LineChange[]; marked: boolean }) {
  const text = useText(revisionMessages);
  return (
    <div className={styles.lines}>
      {lines.map((line, at) => (
        <p key={at} className={marked && line.kind !== 'same' ? styles.touched : undefined}>
          {line.parts.map((part, index) => {
            if (!marked || part.kind === 'same') return <span key={index}>{part.text}</span>;
            const Mark = part.kind === 'removed' ? 'del' : 'ins';
            const word = part.kind === 'removed' ? text.removed : text.added;
            return (
              <Mark key={index}>
                <span className="visually-hidden">{word}</span>
                {part.text}
              </Mark>
            );
          })}
        </p>
      ))}
    </div>
  );
}
