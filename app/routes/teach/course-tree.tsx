import { Form, useFetcher } from '@remix-run/react';
import type { PersonHere } from '~/domain/course-drafts/draft-protocol';
import { useText } from '~/i18n/locale';
import { clockTime } from '~/i18n/durations';
import { courseMessages } from '~/i18n/messages/courses';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import { structureMessages } from '~/i18n/messages/structure';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { Field, SelectField } from '~/ui/field';
import { IconAlertTriangle, IconPlus } from '~/ui/icons';
import { NavLink } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import type { EditorData } from './editor';
import { STRUCTURE, type StructureAnswer } from './structure-answer';
import { MoveConflict } from './move-conflict';
import { MoveMenu } from './move-menu';
import { PeopleAt } from './people-at';
import { TreeDrag, TreeRow } from './tree-drag';
import styles from './editor.module.css';

/** Chapters and lessons in order; who may edit adds, moves and removes here. */
export function CourseTree(props: {
  editor: EditorData;
  answer: StructureAnswer | undefined;
  pathname: string;
  /** The others who have the course open. */
  people: PersonHere[];
}) {
  const { editor, people } = props;
  const moved = useFetcher<StructureAnswer>({ key: STRUCTURE });
  const answer = moved.data ?? props.answer;
  const text = useText(teachMessages).editor;
  const moment = useMoment(editor.zone);
  const whereTo = useWhereTo(editor, moved.state === 'idle' ? moved.data?.movedId : undefined);
  const base = `/teach/courses/${editor.courseId}`;
  return (
    <>
      {answer?.stale ? (
        <Notice tone="wrong">
          {text.staleStructure(answer.stale.changedBy, moment(answer.stale.changedAt))}
        </Notice>
      ) : null}
      {answer?.conflict ? <MoveConflict editor={editor} conflict={answer.conflict} /> : null}
      <p className="visually-hidden" role="status">
        {whereTo}
      </p>
      <TreeDrag editor={editor}>
        <nav aria-label={text.contents}>
          <TreeRow
            item={{ kind: 'start', id: 'start' }}
            {...{ editor, title: text.settings, movable: false, className: styles.line }}
          >
            <NavLink className={styles.row} to={base} end>
              <span className={styles.label}>{text.settings}</span>
              <PeopleAt people={people} at={editor.courseId} />
            </NavLink>
          </TreeRow>
          {editor.chapters.map((chapter, index) => (
            <div key={chapter.id} className={styles.chapter}>
              <TreeRow
                item={{ kind: 'chapter', id: chapter.id }}
                {...{ editor, title: chapter.title, className: styles.line }}
                movable={chapter.mayMove}
              >
                <NavLink
                  className={`${styles.row} ${styles.head}`}
                  to={`${base}/chapters/${chapter.id}`}
                >
                  <ChapterName number={index + 1} title={chapter.title} />
                  <PeopleAt people={people} at={chapter.id} />
                  <Producer editor={editor} id={chapter.producerOrganizationId} />
                </NavLink>
                {chapter.mayMove ? (
                  <MoveMenu editor={editor} kind="chapter" id={chapter.id} title={chapter.title} />
                ) : null}
              </TreeRow>
              {chapter.lessons.map((lesson, at) => (
                <TreeRow
                  key={lesson.id}
                  item={{ kind: 'lesson', id: lesson.id }}
                  {...{ editor, title: lesson.title, className: styles.line }}
                  movable={lesson.mayEdit}
                >
                  <NavLink
                    className={`${styles.row} ${styles.leaf}`}
                    to={`${base}/lessons/${lesson.id}`}
                  >
                    <span className={styles.label}>
                      {index + 1}.{at + 1} {lesson.title}
                    </span>
                    <PeopleAt people={people} at={lesson.id} />
                    <LessonState lesson={lesson} />
                    <Producer editor={editor} id={lesson.producerOrganizationId} />
                  </NavLink>
                  {lesson.mayEdit ? (
                    <MoveMenu editor={editor} kind="lesson" id={lesson.id} title={lesson.title} />
                  ) : null}
                </TreeRow>
              ))}
            </div>
          ))}
        </nav>
      </TreeDrag>
      {editor.mayEdit ? (
        <AddForms editor={editor} answer={props.answer} pathname={props.pathname} />
      ) : null}
    </>
  );
}

/** Where something was moved to, in words, for those who do not see it. */
function useWhereTo(editor: EditorData, id: string | undefined): string {
  const text = useText(structureMessages);
  for (const siblings of [editor.chapters, ...editor.chapters.map((one) => one.lessons)]) {
    const at = siblings.findIndex((one) => one.id === id);
    const item = siblings[at];
    if (!item) continue;
    const before = siblings[at - 1];
    return before ? text.behind(item.title, before.title) : text.first(item.title);
  }
  return '';
}

function ChapterName({ number, title }: { number: number; title: string }) {
  const words = useText(courseMessages);
  return (
    <span className={styles.label}>
      {words.chapterNumber(number)} {title}
    </span>
  );
}

function Producer({ editor, id }: { editor: EditorData; id: string }) {
  const organization = editor.organizations.find((one) => one.id === id);
  return organization ? (
    <OrganizationMark organization={organization} size={20} label={organization.name} />
  ) : null;
}

type Lesson = EditorData['chapters'][number]['lessons'][number];

function LessonState({ lesson }: { lesson: Lesson }) {
  const text = useText(teachMessages).editor;
  const words = useText(courseMessages);
  if (lesson.kind === 'article') return <span className={styles.aside}>{words.kinds.article}</span>;
  const { mediaState } = lesson;
  if (mediaState === 'playable' || mediaState === 'ready') {
    return <span className={styles.aside}>{clockTime(lesson.durationMs)}</span>;
  }
  if (mediaState === null) return <span className={styles.aside}>{text.noVideo}</span>;
  const wrong = mediaState === 'refused';
  return (
    <span className={wrong ? styles.wrong : styles.transit}>
      {wrong ? <IconAlertTriangle size={16} aria-hidden="true" /> : null}
      {text.states[mediaState]}
    </span>
  );
}

function AddForms(props: {
  editor: EditorData;
  answer: StructureAnswer | undefined;
  pathname: string;
}) {
  const { editor, answer, pathname } = props;
  const text = useText(teachMessages).editor;
  const words = useText(courseMessages);
  const rights = useText(partRightsMessages);
  const action = `/teach/courses/${editor.courseId}`;
  const fault = (intent: string) =>
    answer?.intent === intent ? words.faults[answer.errors.title ?? ''] : undefined;
  const chapters = editor.chapters.filter((chapter) => chapter.mayEdit);
  const chapterHere =
    chapters.find(
      (chapter) =>
        pathname.endsWith(chapter.id) ||
        chapter.lessons.some((lesson) => pathname.endsWith(lesson.id)),
    ) ?? chapters.at(-1);
  const open = (intent: string) => (fault(intent) ? { open: true } : {});
  return (
    <div className={styles.adding} key={pathname}>
      {chapterHere ? (
        <details {...open('add-lesson')}>
          <summary className="button outlined">
            <IconPlus size={18} aria-hidden="true" />
            {text.addLesson}
          </summary>
          <Form method="post" action={action} className="stack">
            <input type="hidden" name="intent" value="add-lesson" />
            <Field
              label={text.newTitle}
              name="title"
              maxLength={60}
              required
              error={fault('add-lesson')}
            />
            <SelectField label={text.kind} name="kind" defaultValue="video">
              <option value="video">{words.kinds.video}</option>
              <option value="article">{words.kinds.article}</option>
            </SelectField>
            <SelectField label={text.chapter} name="chapterId" defaultValue={chapterHere.id}>
              {chapters.map((chapter) => (
                <option key={chapter.id} value={chapter.id}>
                  {chapter.title}
                </option>
              ))}
            </SelectField>
            <button className="button">{text.add}</button>
          </Form>
        </details>
      ) : (
        <p className="second">
          {editor.chapters.length > 0 ? rights.noChapterOfOwn : text.noChapters}
        </p>
      )}
      <details {...open('add-chapter')}>
        <summary className="button text">{text.addChapter}</summary>
        <Form method="post" action={action} className="stack">
          <input type="hidden" name="intent" value="add-chapter" />
          <Field
            label={text.newTitle}
            name="title"
            maxLength={60}
            required
            error={fault('add-chapter')}
          />
          <button className="button">{text.add}</button>
        </Form>
      </details>
    </div>
  );
}
