import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { moveClassCourse } from '~/domain/classes/move-class-course.server';
import { previewCourseMove } from '~/domain/classes/preview-course-move.server';
import { Conflict } from '~/domain/shared/errors';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { courseMoveMessages } from '~/i18n/messages/course-move';
import { courseMessages } from '~/i18n/messages/courses';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { ChangeList } from '~/routes/teach/publication-lists';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import styles from './course-move.module.css';

export const meta = pageTitle(courseMoveMessages, (text) => text.title(''));

/** Also after a refusal: it is refused because somebody else changed what is shown. */
export const shouldRevalidate = () => true;

const seen = z.object({ version: z.coerce.number().int().positive() });

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { classId = '', courseId = '' } = params;
  const preview = await previewCourseMove(context.db, viewer, { classId, courseId });
  return { ...preview, zone: context.settings.zone, back: `/manage/classes/${classId}/settings` };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { classId = '', courseId = '' } = params;
  const { version } = parseFields(seen, textFields(await request.formData()));
  const now = context.clock.now();
  try {
    await moveClassCourse(context.db, viewer, { classId, courseId, version, now });
    return data({ moved: true });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return data({ moved: false }, { status: error.status });
  }
});

export default function CourseMove() {
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const text = useText(courseMoveMessages);
  const moment = useMoment(page.zone);
  const { newer, number } = page;
  return (
    <section className={`card ${styles.move}`}>
      <h2>{text.title(page.title)}</h2>
      {result && !result.moved ? <Notice tone="wrong">{text.stale}</Notice> : null}
      {result?.moved ? <Notice tone="done">{text.moved(number)}</Notice> : null}
      {newer ? (
        <>
          <p className="second">{text.stands(number, newer.number, moment(newer.publishedAt))}</p>
          <Lessons move={newer.move} />
          <Said newer={newer} />
          <Form method="post" className="row">
            <input type="hidden" name="version" value={page.version} />
            <button className="button">{text.move(newer.number)}</button>
            <Link className="button outlined" to={page.back}>
              {text.stay}
            </Link>
          </Form>
        </>
      ) : (
        <>
          {result?.moved ? null : <p>{text.newest(number)}</p>}
          <p>
            <Link to={page.back}>{text.back}</Link>
          </p>
        </>
      )}
    </section>
  );
}

type Newer = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['newer']>;

/** Lessons that come, go, or get another length, each with what it means for hours earned. */
function Lessons({ move }: { move: Newer['move'] }) {
  const text = useText(courseMoveMessages);
  const words = useText(courseMessages);
  const { added, removed, resized, earned, lengthMs } = move;
  const long = (one: { kind: 'video' | 'article'; durationMs: number }) =>
    one.kind === 'video' ? clockTime(one.durationMs) : words.kinds.article;
  return (
    <>
      <Notice tone={earned.learners > 0 ? 'done' : 'plain'}>
        {text.kept(earned.learners, clockTime(earned.creditedMs))}
      </Notice>
      {lengthMs.before === lengthMs.after ? null : (
        <p>{text.length(clockTime(lengthMs.before), clockTime(lengthMs.after))}</p>
      )}
      <Group title={text.added(added.length)} lessons={added}>
        {(one) => [long(one), text.addedHint]}
      </Group>
      <Group title={text.removed(removed.length)} lessons={removed}>
        {(one) => [long(one), text.removedEarned(one.learners, clockTime(one.creditedMs))]}
      </Group>
      <Group title={text.resized(resized.length)} lessons={resized}>
        {(one) => [
          `${clockTime(one.wasMs)} → ${clockTime(one.durationMs)}`,
          text.resizedDone(one.completed, one.short),
        ]}
      </Group>
    </>
  );
}

function Group<Lesson extends { id: string; title: string }>(props: {
  title: string;
  lessons: Lesson[];
  children: (lesson: Lesson) => [string, string];
}) {
  if (props.lessons.length === 0) return null;
  return (
    <div>
      <h3>{props.title}</h3>
      <ul className={`plain ${styles.lessons}`}>
        {props.lessons.map((lesson) => {
          const [length, meaning] = props.children(lesson);
          return (
            <li key={lesson.id}>
              <b>{lesson.title}</b>
              <span className={styles.length}>{length}</span>
              <span className="second small">{meaning}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What else readers find changed, and what the authors say of it. */
function Said({ newer }: { newer: Newer }) {
  const text = useText(courseMoveMessages);
  return (
    <>
      {newer.changes.length > 0 ? (
        <div>
          <h3>{text.others}</h3>
          <ChangeList changes={newer.changes} />
        </div>
      ) : null}
      {newer.notes.length > 0 ? (
        <div>
          <h3>{text.notes}</h3>
          <ul className="plain">
            {newer.notes.map(({ number, note }) => (
              <li key={number}>
                <span className="second">{text.noteOf(number)}</span> {note}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
