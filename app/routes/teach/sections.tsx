import { data } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { useRef } from 'react';
import { z } from 'zod';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { getMediaStanding } from '~/domain/co-authoring/part-reach.server';
import { getLessonDraft } from '~/domain/courses/lesson-draft.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { getSections, saveSections, type SectionList } from '~/domain/media/save-sections.server';
import { shortTime, writeSections } from '~/domain/media/sections';
import { Invalid, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import { pageTitle } from '~/i18n/page-title';
import { TextField } from '~/ui/field';
import { IconArrowLeft } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { Conflict } from './conflict';
import { useAnswer } from './use-answer';
import { Preview } from './video-preview';
import styles from './captions.module.css';

const fieldsOf = z.object({
  text: z.string().max(10_000),
  version: z.coerce.number().int().nonnegative(),
});

export const meta = pageTitle(captionMessages, (text) => text.sections.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { courseId = '', lessonId = '' } = params;
  const { db, settings } = context;
  const reach = await requireCourseReader(db, viewer, courseId);
  const lesson = await getLessonDraft(db, courseId, lessonId);
  const { media } = lesson;
  if (!media || (media.state !== 'playable' && media.state !== 'ready')) throw new NotFound();
  return {
    courseId,
    lesson: { id: lessonId, title: lesson.title },
    mediaId: media.id,
    list: await getSections(db, media.id),
    isAuthor: reach.authorFor !== undefined,
    ...(await getMediaStanding(db, reach, media.id)),
    zone: settings.zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { courseId = '', lessonId = '' } = params;
  const { db, clock } = context;
  await requireCourseReader(db, viewer, courseId);
  const { media } = await getLessonDraft(db, courseId, lessonId);
  if (!media) throw new NotFound();
  const fields = textFields(await request.formData());
  const answer: SectionsAnswer = { saved: false, written: fields.text ?? '', faults: [] };
  try {
    const { text, version } = parseFields(fieldsOf, fields);
    await saveSections(db, viewer, { mediaId: media.id, text, version, now: clock.now() });
    return data({ ...answer, saved: true });
  } catch (error) {
    if (error instanceof Invalid) {
      const faults = error.errors.map(({ pointer, message }) => ({
        line: Number(pointer.slice(1)) || 1,
        fault: message,
      }));
      return data({ ...answer, faults }, { status: 422 });
    }
    if (!(error instanceof StaleSave)) throw error;
    return data({ ...answer, conflict: error.current as SectionList }, { status: 409 });
  }
});

interface SectionsAnswer {
  saved: boolean;
  written: string;
  /** What is wrong with a line, counted from 1. */
  faults: { line: number; fault: string }[];
  /** What somebody else saved meanwhile. */
  conflict?: SectionList;
}

/** The sections of a lesson's video, written beside it. */
export default function Sections() {
  const { courseId, lesson, mediaId, list, mayEdit, isAuthor, producerName, zone } =
    useLoaderData<typeof loader>();
  const rights = useText(partRightsMessages);
  const answer = useAnswer<typeof action>();
  const all = useText(captionMessages);
  const text = all.sections;
  const video = useRef<HTMLVideoElement | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const back = `/teach/courses/${courseId}/lessons/${lesson.id}`;
  const conflict = answer?.conflict;
  const lines = (written: string) => <pre className={styles.written}>{written || text.empty}</pre>;
  const insert = () => {
    const area = form.current?.elements.namedItem('text');
    if (!(area instanceof HTMLTextAreaElement)) return;
    const before = area.value.slice(0, area.selectionStart);
    const time = shortTime(Math.floor(video.current?.currentTime ?? 0) * 1000);
    const line = `${before === '' || before.endsWith('\n') ? '' : '\n'}${time} `;
    area.setRangeText(line, area.selectionStart, area.selectionEnd, 'end');
    area.focus();
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link className="button text" to={back}>
          <IconArrowLeft size={18} aria-hidden="true" />
          {all.back}
        </Link>
        <h1>
          {text.title}：{lesson.title}
        </h1>
      </header>
      {conflict ? (
        <Conflict
          changedBy={conflict.changedBy}
          changedAt={conflict.changedAt ?? 0}
          zone={zone}
          theirs={lines(writeSections(conflict.sections))}
          mine={lines(answer?.written ?? '')}
          mineFields={{ text: answer?.written ?? '', version: String(conflict.version) }}
          keepTo={`${back}/sections`}
        />
      ) : (
        <div className={styles.columns}>
          <div className={styles.video}>
            <Preview
              mediaId={mediaId}
              label={lesson.title}
              captions={[]}
              onVideo={(element) => (video.current = element)}
            />
          </div>
          <Form ref={form} method="post" className="stack">
            {mayEdit ? null : (
              <Notice tone="plain">
                {isAuthor ? rights.closedVideo(producerName) : all.readOnly}
              </Notice>
            )}
            {answer?.saved ? <Notice tone="done">{text.saved}</Notice> : null}
            <input type="hidden" name="version" value={list.version} />
            <TextField
              key={list.version}
              label={text.label}
              name="text"
              rows={12}
              readOnly={!mayEdit}
              placeholder={text.example}
              defaultValue={answer && !answer.saved ? answer.written : writeSections(list.sections)}
              hint={text.lead}
              error={answer?.faults.map(({ line, fault }) =>
                text.fault(line, text.faults[fault] ?? ''),
              )}
            />
            {mayEdit ? (
              <div className="row">
                <button className="button">{text.save}</button>
                <button type="button" className="button outlined" onClick={insert}>
                  {text.insert}
                </button>
              </div>
            ) : null}
          </Form>
        </div>
      )}
    </div>
  );
}
