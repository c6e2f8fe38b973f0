import { data } from '@remix-run/node';
import { Form, useOutletContext, useParams } from '@remix-run/react';
import { z } from 'zod';
import { chapterFields } from '~/domain/courses/course-settings';
import { openChapter } from '~/domain/co-authoring/open-chapter.server';
import { saveChapter } from '~/domain/courses/save-chapter.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { Invalid, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import { teachMessages } from '~/i18n/messages/teach';
import { getCourseDraft } from '~/domain/courses/course-draft.server';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { Field, SelectField } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { ChapterOpening } from './chapter-opening';
import { Conflict } from './conflict';
import type { EditorContext } from './editor';
import { LessonsFromFiles } from './lessons-from-files';
import { PartGone } from './part-gone';
import { PartNotice } from './part-notice';
import { useAnswer } from './use-answer';
import { useTypedForm } from './use-typed-form';
import styles from './editor.module.css';

const saving = chapterFields.extend({ version: z.coerce.number().int().positive() });

interface Current {
  title: string;
  producerOrganizationId: string;
  version: number;
}
interface Answer {
  saved: boolean;
  /** What a press of the switch made it. */
  opened?: boolean;
  errors: FieldErrors;
  values: Record<string, string>;
  conflict: { current: Current; changedBy: string | null; changedAt: number } | undefined;
}

/** Only says whether there is such a chapter; the editor around it has loaded it. */
export const loader = signedIn(async ({ params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  await requireCourseReader(context.db, viewer, courseId);
  const { chapters } = await getCourseDraft(context.db, courseId);
  if (!chapters.some((chapter) => chapter.id === params.chapterId)) throw new NotFound();
  return null;
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const values = textFields(await request.formData());
  const now = context.clock.now();
  const answer: Answer = { saved: false, errors: {}, values, conflict: undefined };
  try {
    const { courseId = '', chapterId = '' } = params;
    if (values.intent === 'open' || values.intent === 'close') {
      const opened = values.intent === 'open';
      await openChapter(context.db, viewer, { courseId, chapterId, open: opened, now });
      return data({ ...answer, opened });
    }
    const { version, ...fields } = parseFields(saving, values);
    await saveChapter(context.db, viewer, { courseId, chapterId, version, fields, now });
    return data({ ...answer, saved: true });
  } catch (error) {
    if (error instanceof Invalid) {
      return data({ ...answer, errors: fieldErrors(error) }, { status: 422 });
    }
    if (!(error instanceof StaleSave)) throw error;
    const { changedBy, changedAt } = error;
    const current = error.current as Current;
    const conflict = { current, changedBy, changedAt: changedAt ?? now };
    return data({ ...answer, conflict }, { status: 409 });
  }
});

const NO_CHAPTER = { id: '', version: 0, title: '', producerOrganizationId: '' };

export default function Chapter() {
  const { editor, uploads } = useOutletContext<EditorContext>();
  const { chapterId } = useParams();
  const answer = useAnswer<typeof action>();
  const text = useText(teachMessages);
  const words = useText(courseMessages);
  const rights = useText(partRightsMessages);
  const index = editor.chapters.findIndex((one) => one.id === chapterId);
  const chapter = editor.chapters[index];
  const { base, touch } = useTypedForm(chapter ?? NO_CHAPTER, answer);
  if (!chapter) return null;
  const organizations = editor.organizations.filter(
    (one) => one.state === 'lead' || one.state === 'accepted',
  );
  const nameOf = (id: string | undefined) => organizations.find((one) => one.id === id)?.name ?? '';
  const heading = `${words.chapterNumber(index + 1)} ${chapter.title}`;
  const shown = (values: { title?: string; producerOrganizationId?: string }) => (
    <dl className={styles.facts}>
      <div>
        <dt>{text.chapter.title}</dt>
        <dd>{values.title}</dd>
      </div>
      <div>
        <dt>{words.fields.producerOrganizationId}</dt>
        <dd>{nameOf(values.producerOrganizationId)}</dd>
      </div>
    </dl>
  );
  if (answer?.conflict) {
    const { conflict, values } = answer;
    return (
      <>
        <h1 className={styles.title}>{heading}</h1>
        <Conflict
          changedBy={conflict.changedBy}
          changedAt={conflict.changedAt}
          zone={editor.zone}
          theirs={shown(conflict.current)}
          mine={shown(values)}
          mineFields={{ ...values, version: String(conflict.current.version) }}
          keepTo={`/teach/courses/${editor.courseId}/chapters/${chapter.id}`}
        />
      </>
    );
  }
  const typed = answer && !answer.saved ? answer.values : undefined;
  const fault = (field: string) => words.faults[answer?.errors[field] ?? ''];
  return (
    <>
      <h1 className={styles.title}>{heading}</h1>
      {chapter.mayEdit ? null : (
        <>
          <PartNotice
            editor={editor}
            of="closedChapter"
            organizationId={chapter.producerOrganizationId}
          />
          {shown(chapter)}
        </>
      )}
      {chapter.mayEdit ? (
        <Form
          method="post"
          className="stack"
          key={`${chapter.id} ${base.version}`}
          onChange={touch}
        >
          {answer?.saved ? <Notice tone="done">{text.saved}</Notice> : null}
          <input type="hidden" name="version" value={typed?.version ?? base.version} />
          <Field
            label={text.chapter.title}
            name="title"
            maxLength={60}
            required
            defaultValue={typed?.title ?? base.title}
            error={fault('title')}
          />
          {chapter.mayOpen ? (
            <SelectField
              label={words.fields.producerOrganizationId ?? ''}
              name="producerOrganizationId"
              defaultValue={typed?.producerOrganizationId ?? base.producerOrganizationId}
              error={fault('producerOrganizationId')}
            >
              {organizations.map((organization) => (
                <option key={organization.id} value={organization.id}>
                  {organization.name}
                </option>
              ))}
            </SelectField>
          ) : (
            <>
              <input
                type="hidden"
                name="producerOrganizationId"
                value={base.producerOrganizationId}
              />
              <p className="second">{rights.openedBy(nameOf(chapter.producerOrganizationId))}</p>
            </>
          )}
          <div>
            <button className="button">{text.chapter.save}</button>
          </div>
        </Form>
      ) : null}
      {chapter.mayOpen && organizations.length > 1 ? (
        <ChapterOpening key={`open ${chapter.id}`} chapter={chapter} />
      ) : null}
      <h2 className={styles.sub}>{text.chapter.lessons(chapter.lessons.length)}</h2>
      <ol className="plain">
        {chapter.lessons.map((lesson, at) => (
          <li key={lesson.id} className={styles.item}>
            <Link to={`/teach/courses/${editor.courseId}/lessons/${lesson.id}`}>
              {index + 1}.{at + 1} {lesson.title}
            </Link>
            <span className="second">{words.kinds[lesson.kind]}</span>
          </li>
        ))}
      </ol>
      {chapter.mayEdit ? (
        <LessonsFromFiles
          key={chapter.id}
          courseId={editor.courseId}
          chapterId={chapter.id}
          uploads={uploads}
        />
      ) : null}
    </>
  );
}

export function ErrorBoundary() {
  return <PartGone of="chapter" />;
}
