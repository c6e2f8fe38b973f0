import { data } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { getMediaStanding } from '~/domain/co-authoring/part-reach.server';
import { getLessonDraft } from '~/domain/courses/lesson-draft.server';
import { captionLanguage } from '~/domain/media/caption-language';
import { captionLanguages } from '~/domain/media/captions';
import { getCaptions, listCaptionLanguages } from '~/domain/media/get-captions.server';
import { NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { captionMessages } from '~/i18n/messages/captions';
import { mediaMessages } from '~/i18n/messages/media';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import { pageTitle } from '~/i18n/page-title';
import { IconArrowLeft } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { CaptionsEditor } from './captions-editor';
import { changeCaptions } from './captions.server';
import styles from './captions.module.css';

export const meta = pageTitle(captionMessages, (text) => text.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { courseId = '', lessonId = '' } = params;
  const { db, settings } = context;
  const reach = await requireCourseReader(db, viewer, courseId);
  const lesson = await getLessonDraft(db, courseId, lessonId);
  const { media } = lesson;
  if (!media || (media.state !== 'playable' && media.state !== 'ready')) throw new NotFound();
  const known = await listCaptionLanguages(db, media.id);
  const asked = captionLanguage.safeParse(new URL(request.url).searchParams.get('language'));
  const language = asked.success ? asked.data : (known[0] ?? 'zh');
  return {
    courseId,
    lesson: { id: lessonId, title: lesson.title },
    mediaId: media.id,
    known,
    captions: await getCaptions(db, media.id, language),
    isAuthor: reach.authorFor !== undefined,
    ...(await getMediaStanding(db, reach, media.id)),
    zone: settings.zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { courseId = '', lessonId = '' } = params;
  await requireCourseReader(context.db, viewer, courseId);
  const { media } = await getLessonDraft(context.db, courseId, lessonId);
  if (!media) throw new NotFound();
  const { answer, status } = await changeCaptions(context.db, viewer, {
    mediaId: media.id,
    fields: textFields(await request.formData()),
    now: context.clock.now(),
  });
  return data(answer, { status });
});

export type CaptionsPage = ReturnType<typeof useLoaderData<typeof loader>>;

/** The captions of a lesson's video in one language, edited beside it. */
export default function CaptionsRoute() {
  const page = useLoaderData<typeof loader>();
  const text = useText(captionMessages);
  const rights = useText(partRightsMessages);
  const { languages } = useText(mediaMessages);
  const [, setSearch] = useSearchParams();
  const { captions, known, lesson, courseId } = page;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link className="button text" to={`/teach/courses/${courseId}/lessons/${lesson.id}`}>
          <IconArrowLeft size={18} aria-hidden="true" />
          {text.back}
        </Link>
        <h1>
          {text.title}：{lesson.title}
        </h1>
        <label className={styles.language}>
          {text.language}
          <select
            className="input"
            value={captions.language}
            onChange={(event) => setSearch({ language: event.currentTarget.value })}
          >
            {captionLanguages.map((language) => (
              <option key={language} value={language}>
                {languages[language]}
                {known.includes(language) ? '' : text.none}
              </option>
            ))}
          </select>
        </label>
      </header>
      {page.mayEdit ? null : (
        <Notice tone="plain">
          {page.isAuthor ? rights.closedVideo(page.producerName) : text.readOnly}
        </Notice>
      )}
      <CaptionsEditor key={captions.language} page={page} />
    </div>
  );
}
