import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { MOST_MINUTES } from '~/domain/courses/course-settings';
import type { LessonDraft } from '~/domain/courses/lesson-draft.server';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { Field, SelectField } from '~/ui/field';
import { Notice } from '~/ui/notice';
import type { EditorData } from './editor';
import type { LessonAnswer } from './lesson-action.server';
import { useLessonForm } from './use-lesson-form';
import styles from './editor.module.css';

interface Given {
  lesson: LessonDraft;
  editor: EditorData;
  answer: LessonAnswer | undefined;
}

/** Title, author and planned length of a lesson; its text stands below and is saved as it is written. */
export function LessonForm(props: Given) {
  const [round, setRound] = useState(0);
  return (
    <Fields
      key={`${props.lesson.id} ${round}`}
      {...props}
      onOutdated={() => setRound((before) => before + 1)}
    />
  );
}

function Fields(props: Given & { onOutdated: () => void }) {
  const { lesson, editor, answer } = props;
  const text = useText(teachMessages);
  const words = useText(courseMessages);
  const checks = useText(checkListMessages);
  const moment = useMoment(editor.zone);
  const busy = useNavigation().state === 'submitting';
  const about = answer && answer.values.intent === undefined ? answer : undefined;
  // What was sent is newer than what is loaded: after a refusal, and until a save has been loaded.
  const sent =
    about && (!about.saved || (about.version ?? 0) > lesson.version) ? about.values : undefined;
  const start = about?.version ?? Number(sent?.version ?? lesson.version);
  const saved = about?.saved ? about.version : undefined;
  const state = useLessonForm(lesson, start, saved, props.onOutdated);
  const { unsaved } = state;
  useEffect(() => {
    if (!unsaved || busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved, busy]);
  const fault = (field: string) => words.faults[answer?.errors[field] ?? ''];
  const authors = editor.authors.filter(
    (author) => author.current || author.personId === lesson.authorId,
  );
  return (
    <Form method="post" onChange={state.touch}>
      <div className="stack">
        {about?.saved && !unsaved ? <Notice tone="done">{text.saved}</Notice> : null}
        <input type="hidden" name="version" value={state.version} />
        <div className={styles.names}>
          <Field
            label={text.lesson.title}
            name="title"
            maxLength={60}
            required
            defaultValue={sent?.title ?? lesson.title}
            error={fault('title')}
          />
          <SelectField
            label={text.lesson.author}
            name="authorId"
            defaultValue={sent?.authorId ?? lesson.authorId}
            error={fault('authorId')}
          >
            {authors.map((author) => (
              <option key={author.personId} value={author.personId}>
                {author.name}{' '}
                {editor.organizations.find((one) => one.id === author.organizationId)?.name}
              </option>
            ))}
          </SelectField>
          <Field
            label={checks.planned}
            name="plannedMinutes"
            type="number"
            min={1}
            max={MOST_MINUTES}
            inputMode="numeric"
            defaultValue={sent?.plannedMinutes ?? lesson.plannedMinutes ?? ''}
            error={fault('plannedMinutes')}
          />
        </div>
        <div className={styles.formEnd}>
          <button className="button outlined" disabled={busy}>
            {text.lesson.save}
          </button>
          <span className="small second" role="status">
            {unsaved
              ? text.lesson.unsaved
              : text.lesson.saved(moment(lesson.updatedAt), lesson.updatedBy)}
          </span>
        </div>
      </div>
    </Form>
  );
}
