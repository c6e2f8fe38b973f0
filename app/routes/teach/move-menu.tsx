import { useFetcher } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { SelectField } from '~/ui/field';
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '~/ui/icons';
import type { EditorData } from './editor';
import { STRUCTURE } from './structure-answer';
import styles from './editor.module.css';

/** The small menu of a chapter or lesson: up, down, to another chapter, out of the draft. */
export function MoveMenu(props: {
  editor: EditorData;
  kind: 'chapter' | 'lesson';
  id: string;
  title: string;
}) {
  const { editor, kind, id, title } = props;
  const text = useText(teachMessages).editor;
  const { Form } = useFetcher({ key: STRUCTURE });
  const { chapters } = editor;
  const home = chapters.find((chapter) => chapter.lessons.some((lesson) => lesson.id === id));
  const siblings = (kind === 'chapter' ? chapters : (home?.lessons ?? [])).map((one) => one.id);
  const others = chapters.filter((chapter) => chapter.id !== home?.id && chapter.mayEdit);
  const whole = chapters.find((chapter) => chapter.id === id);
  const mayMove = kind === 'chapter' || home?.mayEdit === true;
  const mayRemove =
    whole === undefined || (whole.mayEdit && whole.lessons.every((lesson) => lesson.mayEdit));
  const form = {
    method: 'post',
    action: `/teach/courses/${editor.courseId}`,
  } as const;
  const seen = (
    <>
      <input type="hidden" name="version" value={editor.version} />
      <input type="hidden" name={kind === 'chapter' ? 'chapterId' : 'lessonId'} value={id} />
    </>
  );
  return (
    <details className={styles.menu} key={`${id} ${editor.version}`} name="move-menu">
      <summary aria-label={text.move(title)} title={text.move(title)}>
        <IconDots size={18} aria-hidden="true" />
      </summary>
      <div className={styles.sheet}>
        {mayMove ? (
          <Form {...form}>
            {seen}
            <input type="hidden" name="intent" value={`move-${kind}`} />
            {siblings[0] === id ? null : (
              <button className="button text" name="to" value="up">
                <IconArrowUp size={18} aria-hidden="true" />
                {text.up}
              </button>
            )}
            {siblings.at(-1) === id ? null : (
              <button className="button text" name="to" value="down">
                <IconArrowDown size={18} aria-hidden="true" />
                {text.down}
              </button>
            )}
          </Form>
        ) : null}
        {kind === 'lesson' && others.length > 0 ? (
          <Form {...form} className={styles.place}>
            {seen}
            <input type="hidden" name="intent" value="place-lesson" />
            <SelectField label={text.moveTo} name="chapterId">
              {others.map((chapter) => (
                <option key={chapter.id} value={chapter.id}>
                  {chapter.title}
                </option>
              ))}
            </SelectField>
            <button className="button outlined">{text.moveSubmit}</button>
          </Form>
        ) : null}
        {mayRemove ? (
          <details>
            <summary className="button text">
              <IconTrash size={18} aria-hidden="true" />
              {text.remove}
            </summary>
            <Form {...form} className={styles.place}>
              {seen}
              <input type="hidden" name="intent" value={`remove-${kind}`} />
              <p className="small">{kind === 'chapter' ? text.removeChapter : text.removeLesson}</p>
              <button className="button danger">{text.removeSubmit}</button>
            </Form>
          </details>
        ) : null}
      </div>
    </details>
  );
}
