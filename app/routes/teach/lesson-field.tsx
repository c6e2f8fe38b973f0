import { useOutletContext, useParams } from '@remix-run/react';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useText } from '~/i18n/locale';
import { lessonTextMessages } from '~/i18n/messages/lesson-text';
import type { EditorContext } from './editor';
import styles from './text-editor.module.css';

/** Puts another lesson of the course into the text, as a card that leads to it. */
export function LessonField({ editor, done }: { editor: Editor; done: () => void }) {
  const text = useText(lessonTextMessages).card;
  const { editor: course } = useOutletContext<EditorContext>();
  const { lessonId } = useParams();
  const lessons = course.chapters.flatMap((chapter, index) =>
    chapter.lessons.map((lesson, at) => ({ ...lesson, number: `${index + 1}.${at + 1}` })),
  );
  const choices = lessons.filter((one) => one.id !== lessonId);
  const [chosen, setChosen] = useState('');
  const apply = () => {
    const lesson = choices.find((one) => one.id === chosen);
    if (!lesson) return;
    const attrs = { lessonId: lesson.id, title: lesson.title };
    editor.chain().focus().insertContent({ type: 'lessonCard', attrs }).run();
    done();
  };
  return (
    <span className={styles.field}>
      <select
        className="input"
        aria-label={text.choose}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        <option value="">{choices.length > 0 ? text.choose : text.none}</option>
        {choices.map((one) => (
          <option key={one.id} value={one.id}>
            {one.number} {one.title}
          </option>
        ))}
      </select>
      <button type="button" className="button outlined" disabled={!chosen} onClick={apply}>
        {text.insert}
      </button>
    </span>
  );
}
