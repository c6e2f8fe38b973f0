import { data } from '@remix-run/node';
import { useLoaderData, useOutletContext } from '@remix-run/react';
import { useCallback, useState } from 'react';
import { createPortal } from 'react-dom';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { getLessonDraft } from '~/domain/courses/lesson-draft.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { showLessonCards } from '~/domain/lesson-texts/show-lesson-cards';
import { admitToText } from '~/domain/lesson-texts/text-admission.server';
import { getLessonInterest } from '~/domain/reports/get-lesson-interest.server';
import { Conflict as ConflictError, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import { teachMessages } from '~/i18n/messages/teach';
import { OrganizationMark } from '~/ui/organization-mark';
import { fieldErrors, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { cardOf } from '../learn/lesson-card';
import type { Placed } from './comment-marks';
import { CommentsRail, showThread } from './comments-rail';
import { Conflict } from './conflict';
import type { EditorContext } from './editor';
import { InterestStrip } from './interest-strip';
import { LessonForm } from './lesson-form';
import { LessonText } from './lesson-text';
import { LessonVideo, type SoughtMoment } from './lesson-video';
import type { LiveText } from './live-text';
import { useComments } from './use-comments';
import { PartGone } from './part-gone';
import { PartNotice } from './part-notice';
import { conflictOf, saveLessonForm, type LessonAnswer } from './lesson-action.server';
import { useAnswer } from './use-answer';
import styles from './editor.module.css';

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { courseId = '', lessonId = '' } = params;
  const { authorFor } = await requireCourseReader(context.db, viewer, courseId);
  const lesson = await getLessonDraft(context.db, courseId, lessonId);
  const { writer } = await admitToText(context.db, viewer, lessonId);
  const { media } = lesson;
  const interest =
    media && authorFor
      ? await getLessonInterest(context.db, {
          lessonId,
          mediaId: media.id,
          durationMs: media.durationMs,
        })
      : undefined;
  return { lesson, interest, self: writer };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const fields = textFields(await request.formData());
  const now = context.clock.now();
  const answer: LessonAnswer = { saved: false, errors: {}, values: fields };
  try {
    const { courseId = '', lessonId = '' } = params;
    const form = { courseId, lessonId, fields, now };
    const saved = await saveLessonForm(context, viewer, form);
    return data({ ...answer, ...saved, saved: true });
  } catch (error) {
    if (error instanceof Invalid) {
      return data({ ...answer, errors: fieldErrors(error) }, { status: 422 });
    }
    if (error instanceof StaleSave) {
      return data({ ...answer, conflict: conflictOf(error, fields, now) }, { status: 409 });
    }
    if (!(error instanceof ConflictError)) throw error;
    return data({ ...answer, errors: { mediaId: error.type } }, { status: error.status });
  }
});

export default function Lesson() {
  const { lesson, interest, self } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const { editor, showLive, railTop } = useOutletContext<EditorContext>();
  const text = useText(teachMessages);
  const [told, setTold] = useState(0);
  const [placed, setPlaced] = useState<Placed>();
  const [moment, setMoment] = useState<SoughtMoment>();
  const comments = useComments(lesson.id, told, editor.marks.comments);
  const onLive = useCallback(
    (live: LiveText | undefined) => {
      showLive(live);
      setTold(live?.state.comments ?? 0);
    },
    [showLive],
  );
  const { zone } = editor;
  const rights = useText(partRightsMessages);
  const producer = editor.organizations.find((one) => one.id === lesson.producerOrganizationId);
  const place = editor.chapters
    .flatMap((chapter, index) =>
      chapter.lessons.map((one, at) => ({
        ...{ id: one.id, mayEdit: one.mayEdit, shared: chapter.openToPartners },
        number: `${index + 1}.${at + 1}`,
      })),
    )
    .find((one) => one.id === lesson.id);
  const mayEdit = place?.mayEdit ?? false;
  const author = editor.authors.find((one) => one.personId === lesson.authorId);
  const readable = showLessonCards(lesson.articleHtml, (id) => {
    const held = editor.chapters.flatMap((one) => one.lessons).find((one) => one.id === id);
    return held && cardOf(held, `/teach/courses/${editor.courseId}/lessons/${id}`);
  });
  const together = editor.organizations.filter((one) => one.state === 'accepted').length > 0;
  return (
    <>
      <p className={styles.by}>
        {producer ? <OrganizationMark organization={producer} size={22} /> : null}
        {text.lesson.made(producer?.name ?? '')}
        {together && place?.shared ? text.lesson.together : ''}
      </p>
      <h1 className={styles.title}>
        {place?.number} {lesson.title}
      </h1>
      {answer?.conflict ? (
        <LessonConflict answer={answer} conflict={answer.conflict} />
      ) : (
        <div className="stack">
          {mayEdit ? null : (
            <PartNotice
              editor={editor}
              of="closedLesson"
              organizationId={lesson.producerOrganizationId}
            />
          )}
          {lesson.kind === 'video' ? (
            <LessonVideo
              {...{ lesson, editor, answer, comments, moment, mayEdit }}
              selfId={self.personId}
              key={lesson.id}
            />
          ) : null}
          {lesson.media && interest ? (
            <InterestStrip interest={interest} durationMs={lesson.media.durationMs} />
          ) : null}
          {mayEdit ? (
            <LessonForm lesson={lesson} editor={editor} answer={answer} />
          ) : author ? (
            <p className="second">{rights.author(author.name)}</p>
          ) : null}
          <LessonText
            {...{ mayEdit, self, onLive }}
            lesson={{ ...lesson, articleHtml: readable }}
            talk={{ comments, placed, onPlaced: setPlaced, onOpen: showThread, zone }}
          />
        </div>
      )}
      {railTop
        ? createPortal(
            <CommentsRail
              {...{ comments, placed, zone }}
              selfId={self.personId}
              onMoment={(ms) => setMoment({ ms })}
            />,
            railTop,
          )
        : null}
    </>
  );
}

function LessonConflict(props: {
  answer: LessonAnswer;
  conflict: NonNullable<LessonAnswer['conflict']>;
}) {
  const { answer, conflict } = props;
  const { editor } = useOutletContext<EditorContext>();
  const { lesson } = useLoaderData<typeof loader>();
  const text = useText(teachMessages).conflict;
  const checks = useText(checkListMessages);
  const { current, mine } = conflict;
  const authorOf = (id: string | undefined) =>
    editor.authors.find((author) => author.personId === id)?.name ?? '';
  const attaching = answer.values.intent === 'attach-media';
  const fileOf = (id: string | undefined) => editor.media.find((one) => one.id === id)?.filename;
  const side = (values: typeof mine) => (
    <>
      <h3>{values.title}</h3>
      <p className="small second">
        {authorOf(values.authorId)}
        {values.plannedMinutes === null ? '' : ` · ${checks.plannedMinutes(values.plannedMinutes)}`}
      </p>
    </>
  );
  return (
    <Conflict
      changedBy={conflict.changedBy}
      changedAt={conflict.changedAt}
      zone={editor.zone}
      theirs={attaching ? <p>{text.video(current.media?.filename)}</p> : side(current)}
      mine={attaching ? <p>{text.video(fileOf(answer.values.mediaId))}</p> : side(mine)}
      mineFields={{ ...answer.values, version: String(current.version) }}
      keepTo={`/teach/courses/${editor.courseId}/lessons/${lesson.id}`}
    />
  );
}

export function ErrorBoundary() {
  return <PartGone of="lesson" />;
}
