import {
  Outlet,
  useLoaderData,
  useLocation,
  useNavigate,
  useParams,
  useSubmit,
} from '@remix-run/react';
import { useState } from 'react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { listAuthors, listInvolvedOrganizations } from '~/domain/co-authoring/course-people.server';
import { getDraftMarks } from '~/domain/course-drafts/draft-marks.server';
import { getCourseDraft } from '~/domain/courses/course-draft.server';
import { plannedClassHours } from '~/domain/courses/planned-hours';
import { findLastVersion } from '~/domain/courses/publication-state.server';
import { listBegunUploads } from '~/domain/media/list-begun-uploads.server';
import { listCourseMedia } from '~/domain/media/list-course-media.server';
import { listSameMedia } from '~/domain/media/list-same-media.server';
import { leadsCourse } from '~/domain/co-authoring/part-rights';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { revisionMessages } from '~/i18n/messages/revisions';
import { teachMessages } from '~/i18n/messages/teach';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { IconChevronRight } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { signedIn } from '~/web/page.server';
import { CoursePresence } from './course-presence';
import { CourseTree } from './course-tree';
import { chaptersFor, mediaFor } from './editor-rights.server';
import type { LiveText } from './live-text';
import { LiveStatus } from './live-status';
import { PeopleRail } from './people-rail';
import { answerSameMedia } from './media-action.server';
import { UploadRail } from './upload-rail';
import { useDraftLine } from './use-draft-line';
import { useOthersChanges } from './use-others-changes';
import { useRefresh } from './use-refresh';
import { useUploadQueue, type Uploads } from './use-upload-queue';
import { changeContents } from './structure-action.server';
import { useAnswer } from './use-answer';
import styles from './editor.module.css';

export const meta = pageTitle(teachMessages, (text) => text.courses.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { db, settings, mediaStore } = context;
  const courseId = params.courseId ?? '';
  const reach = await requireCourseReader(db, viewer, courseId);
  const { personId } = viewer;
  const marks = await getDraftMarks(db, courseId);
  const draft = await getCourseDraft(db, courseId);
  const [lastVersion, organizations, authors, media, same, begun] = await Promise.all([
    findLastVersion(db, courseId),
    listInvolvedOrganizations(db, courseId),
    listAuthors(db, courseId),
    listCourseMedia(db, courseId),
    listSameMedia(db, reach.authorFor, courseId),
    listBegunUploads(db, mediaStore, { personId, courseId }),
  ]);
  return {
    courseId,
    marks,
    selfId: personId,
    zone: settings.zone,
    mayEdit: reach.authorFor !== undefined,
    mayLead: leadsCourse(reach),
    mayManage: reach.managerFor.length > 0,
    settings: draft.settings,
    leadOrganizationId: draft.leadOrganizationId,
    version: draft.version,
    chapters: chaptersFor(reach, draft),
    lastVersion,
    organizations,
    authors,
    media: mediaFor(reach, draft, media),
    same,
    begun,
  };
});

export type EditorData = ReturnType<typeof useLoaderData<typeof loader>>;

/** What a page inside the editor hands on from it. */
export interface EditorContext {
  editor: EditorData;
  uploads: Uploads;
  /** Loads the editor's data anew. */
  refresh: () => void;
  /** Shows in the header how the open text stands. */
  showLive: (live: LiveText | undefined) => void;
  /** In the rail, above what belongs to the whole course; null before the page has begun. */
  railTop: HTMLElement | null;
}

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const courseId = params.courseId ?? '';
  const form = await request.formData();
  const answered = await answerSameMedia(context, viewer, courseId, form);
  if (answered) return answered;
  return changeContents(context.db, viewer, courseId, form, context.clock.now());
});

export default function Editor() {
  const editor = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const text = useText(teachMessages);
  const words = useText(courseMessages);
  const history = useText(revisionMessages);
  const { pathname } = useLocation();
  const { lessonId, chapterId } = useParams();
  const { courseId, chapters, lastVersion, settings } = editor;
  const refresh = useRefresh(editor);
  const onStart = pathname.replace(/\/$/, '').endsWith(courseId);
  const here = useDraftLine(courseId, lessonId ?? chapterId ?? (onStart ? courseId : null));
  useOthersChanges(refresh, here.marks, editor.marks);
  const uploads = useUploadQueue(courseId, editor.begun, refresh);
  const [live, showLive] = useState<LiveText>();
  const [railTop, setRailTop] = useState<HTMLElement | null>(null);
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  const length = lessons.reduce((sum, lesson) => sum + lesson.durationMs, 0);
  return (
    <div className={styles.editor}>
      <header className={styles.bar}>
        <Link to="/teach/courses">{text.courses.title}</Link>
        <IconChevronRight size={18} aria-hidden="true" />
        <Link className={styles.name} to={`/teach/courses/${courseId}`}>
          {settings.title}
        </Link>
        <Badge tone="plain">
          {lastVersion ? words.version(lastVersion.number) : text.courses.draft}
        </Badge>
        <div className={styles.live}>
          {live ? (
            <LiveStatus live={live} />
          ) : (
            <CoursePresence people={here.people} selfId={editor.selfId} />
          )}
        </div>
        <Link to={`/teach/courses/${courseId}/history`}>{history.title}</Link>
        <Link className="button outlined" to={`/teach/courses/${courseId}/publication`}>
          {text.editor.publication}
        </Link>
      </header>
      <aside className={styles.tree} aria-label={text.editor.contents}>
        <div className="split">
          <h2>{text.editor.contents}</h2>
          <span className="small second">
            {words.size(chapters.length, lessons.length)} {words.planned(plannedClassHours(length))}
          </span>
        </div>
        <CourseTree
          {...{ editor, answer, pathname }}
          people={here.people.filter(({ personId }) => personId !== editor.selfId)}
        />
      </aside>
      <section className={styles.work}>
        {editor.mayEdit ? null : <Notice tone="plain">{text.editor.readOnly}</Notice>}
        <Outlet context={{ editor, uploads, refresh, showLive, railTop } satisfies EditorContext} />
      </section>
      <aside className={styles.rail} aria-label={text.rail.people}>
        <div ref={setRailTop} className={styles.railTop} />
        <PeopleRail editor={editor} />
        {editor.mayEdit ? <Videos editor={editor} uploads={uploads} refresh={refresh} /> : null}
      </aside>
    </div>
  );
}

/** The upload rail; where a video lesson is open, it offers to show a video there. */
function Videos({ editor, uploads, refresh }: Omit<EditorContext, 'showLive' | 'railTop'>) {
  const { lessonId } = useParams();
  const submit = useSubmit();
  const navigate = useNavigate();
  const lesson = editor.chapters
    .flatMap((chapter) => chapter.lessons)
    .find((one) => one.id === lessonId && one.kind === 'video');
  const attach = (mediaId: string) => {
    if (!lesson) return;
    const action = `/teach/courses/${editor.courseId}/lessons/${lesson.id}`;
    // What takes another video's place is looked at first.
    if (lesson.mediaState === 'playable' || lesson.mediaState === 'ready')
      return navigate(`${action}/video/${mediaId}`);
    const fields = { intent: 'attach-media', version: String(lesson.version), mediaId };
    submit(fields, { method: 'post', action, preventScrollReset: true });
  };
  return (
    <UploadRail
      key={editor.courseId}
      uploads={uploads}
      onChanged={refresh}
      items={editor.media}
      same={editor.same}
      attachedId={lesson?.mediaId ?? null}
      onAttach={lesson?.mayEdit ? attach : undefined}
    />
  );
}
