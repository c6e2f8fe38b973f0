import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useText } from '~/i18n/locale';
import { structureMessages } from '~/i18n/messages/structure';
import { IconAlertCircle } from '~/ui/icons';
import type { EditorData } from './editor';
import { STRUCTURE, type StructureAnswer } from './structure-answer';
import editorStyles from './editor.module.css';
import styles from './move-conflict.module.css';

/** A move that could not be merged: where the item stands, where it was to go, and the choice between them. */
export function MoveConflict(props: {
  editor: EditorData;
  conflict: NonNullable<StructureAnswer['conflict']>;
}) {
  const { editor, conflict } = props;
  const text = useText(structureMessages);
  const { Form } = useFetcher({ key: STRUCTURE });
  const { wanted, reason, title } = conflict;
  const { chapters } = editor;
  const chapter = chapters.find((one) => one.id === wanted.chapterId);
  const panel = useRef<HTMLElement>(null);
  // What was dragged or moved may stand far below.
  useEffect(() => {
    void panel.current?.scrollIntoView({ block: 'nearest' });
  }, [conflict]);
  const isLesson = wanted.intent === 'move-lesson';
  const siblings = isLesson ? (chapter?.lessons ?? []) : chapters;
  const others = siblings.filter((one) => one.id !== (wanted.lessonId ?? wanted.chapterId));
  const stands = others.find((one) => one.id === wanted.after);
  // Where the wanted neighbour is gone, behind all others is the nearest there is.
  const behind = wanted.after === '' || stands ? stands : others.at(-1);
  const possible = reason !== 'removed' && (!isLesson || chapter);
  const fields = {
    ...wanted,
    after: behind?.id ?? '',
    before: '',
    placeVersion: String(conflict.placeVersion),
  };
  const inChapter = isLesson ? (chapter?.title ?? null) : null;
  return (
    <section
      ref={panel}
      className={`${editorStyles.conflict} ${styles.panel}`}
      role="alert"
      data-choosing=""
    >
      <h2>
        <IconAlertCircle size={20} aria-hidden="true" />
        {text.conflict[reason](title, conflict.changedBy ?? text.somebody)}
      </h2>
      <p>{text.explain}</p>
      {reason === 'removed' ? null : (
        <dl className={editorStyles.facts}>
          <dt>{text.theirs}</dt>
          <dd>{text.place(conflict.chapter, conflict.after)}</dd>
          {possible ? (
            <>
              <dt>{text.mine}</dt>
              <dd>{text.place(inChapter, behind?.title ?? null)}</dd>
            </>
          ) : null}
        </dl>
      )}
      <Form method="post" action={`/teach/courses/${editor.courseId}`} className={styles.choice}>
        {Object.entries(fields).map(([name, value]) =>
          name === 'intent' ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        {possible ? (
          <button className="button" name="intent" value={wanted.intent}>
            {text.useMine}
          </button>
        ) : null}
        <button className="button outlined" name="intent" value="leave-as-is">
          {text.keepTheirs}
        </button>
      </Form>
    </section>
  );
}
