import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { SelectField } from '~/ui/field';
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '~/ui/icons';
import type { EditorData } from './editor';
import { chapterMoves, stepMove } from './moves';
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
  const item = { kind, id };
  const home = chapters.find((chapter) => chapter.lessons.some((lesson) => lesson.id === id));
  const whole = chapters.find((chapter) => chapter.id === id);
  const mayMove = kind === 'chapter' || home?.mayEdit === true;
  const mayRemove =
    whole === undefined || (whole.mayEdit && whole.lessons.every((lesson) => lesson.mayEdit));
  const steps = (['up', 'down'] as const).map((direction) => ({
    direction,
    fields: stepMove(editor, item, direction),
  }));
  const others = chapterMoves(editor, id);
  const [chosen, setChosen] = useState(0);
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
    <details
      className={styles.menu}
      key={`${id} ${steps.map((step) => step.fields?.after).join()}`}
      name="move-menu"
    >
      <summary aria-label={text.move(title)} title={text.move(title)}>
        <IconDots size={18} aria-hidden="true" />
      </summary>
      <div className={styles.sheet}>
        {steps.map(({ direction, fields }) =>
          mayMove && fields ? (
            <Form {...form} key={direction}>
              <Hidden fields={fields} />
              <button className="button text">
                {direction === 'up' ? (
                  <IconArrowUp size={18} aria-hidden="true" />
                ) : (
                  <IconArrowDown size={18} aria-hidden="true" />
                )}
                {text[direction]}
              </button>
            </Form>
          ) : null,
        )}
        {kind === 'lesson' && others.length > 0 ? (
          <Form {...form} className={styles.place}>
            <Hidden fields={others[Math.min(chosen, others.length - 1)]?.fields ?? {}} />
            <SelectField
              label={text.moveTo}
              value={chosen}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            >
              {others.map(({ title: other, fields }, at) => (
                <option key={fields.chapterId} value={at}>
                  {other}
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

function Hidden({ fields }: { fields: Record<string, string> }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}
