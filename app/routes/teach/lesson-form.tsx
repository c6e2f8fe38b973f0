import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { LessonDraft } from '~/domain/courses/lesson-draft.server';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { Field, SelectField } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { ArticleEditor } from './article-editor';
import type { EditorData } from './editor';
import { useKeptText } from './kept-text';
import type { LessonAnswer } from './lesson-action.server';
import styles from './editor.module.css';

/** Under which name a lesson's unsaved text is kept. */
export const keptName = (lessonId: string) => `lesson ${lessonId}`;

/** Title, author and text of a lesson; what is typed survives a reload until it is saved. */
export function LessonForm(props: {
  lesson: LessonDraft;
  editor: EditorData;
  answer: LessonAnswer | undefined;
}) {
  const { lesson, editor, answer } = props;
  // A new form for each stored state: another lesson, another version, or a refused save.
  return (
    <Fields
      key={`${lesson.id} ${lesson.version} ${answer?.saved} ${answer?.values.intent}`}
      {...{ lesson, editor, answer }}
    />
  );
}

function Fields(props: {
  lesson: LessonDraft;
  editor: EditorData;
  answer: LessonAnswer | undefined;
}) {
  const { lesson, editor, answer } = props;
  const text = useText(teachMessages);
  const words = useText(courseMessages);
  const moment = useMoment(editor.zone);
  const busy = useNavigation().state === 'submitting';
  const typed =
    answer && !answer.saved && answer.values.articleHtml !== undefined ? answer.values : undefined;
  const saved = answer?.saved === true && answer.values.intent !== 'attach-media';
  const stored = { version: lesson.version, text: lesson.articleHtml };
  const kept = useKeptText(keptName(lesson.id), stored, saved);
  const [changed, setChanged] = useState(false);
  const start = kept.found?.text ?? typed?.articleHtml ?? lesson.articleHtml;
  const unsaved = changed || kept.found !== undefined;
  useEffect(() => {
    if (!changed || busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [changed, busy]);
  const fault = (field: string) => words.faults[answer?.errors[field] ?? ''];
  const authors = editor.authors.filter(
    (author) => author.current || author.personId === lesson.authorId,
  );
  return (
    <Form method="post" onChange={() => setChanged(true)}>
      <fieldset className="stack" disabled={!editor.mayEdit}>
        {saved && !unsaved ? <Notice tone="done">{text.saved}</Notice> : null}
        {kept.found !== undefined ? (
          <Notice tone="pending">
            {text.lesson.restored}{' '}
            <button type="button" className="button text" onClick={kept.drop}>
              {text.lesson.discard}
            </button>
          </Notice>
        ) : null}
        <input
          type="hidden"
          name="version"
          value={kept.found?.version ?? typed?.version ?? lesson.version}
        />
        <Field
          label={text.lesson.title}
          name="title"
          maxLength={60}
          required
          defaultValue={typed?.title ?? lesson.title}
          error={fault('title')}
        />
        <SelectField
          label={text.lesson.author}
          name="authorId"
          defaultValue={typed?.authorId ?? lesson.authorId}
          error={fault('authorId')}
        >
          {authors.map((author) => (
            <option key={author.personId} value={author.personId}>
              {author.name}{' '}
              {editor.organizations.find((one) => one.id === author.organizationId)?.name}
            </option>
          ))}
        </SelectField>
        <ArticleEditor
          key={kept.found === undefined ? 'stored' : 'kept'}
          name="articleHtml"
          label={lesson.kind === 'video' ? text.lesson.noteText : text.lesson.text}
          html={start}
          readOnly={!editor.mayEdit}
          error={fault('articleHtml')}
          onChange={(html) => {
            setChanged(true);
            kept.keep(html);
          }}
        />
        <div className={styles.foot}>
          {editor.mayEdit ? (
            <button className="button" disabled={busy}>
              {text.lesson.save}
            </button>
          ) : null}
          <span className="small second" role="status">
            {unsaved
              ? text.lesson.unsaved
              : text.lesson.saved(moment(lesson.updatedAt), lesson.updatedBy)}
          </span>
        </div>
      </fieldset>
    </Form>
  );
}
