import { data, redirect } from '@remix-run/node';
import { Form, useLoaderData, useNavigation, useOutletContext } from '@remix-run/react';
import { useState } from 'react';
import { z } from 'zod';
import { foreseeLength } from '~/domain/class-hours/foresee-length.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { requireAuthor } from '~/domain/co-authoring/course-reach.server';
import { addLessonForVideo } from '~/domain/courses/add-lesson-for-video.server';
import { attachMedia } from '~/domain/courses/attach-media.server';
import { getReplacedVideo } from '~/domain/courses/replaced-video.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { clockTime, spokenTime } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { replaceVideoMessages } from '~/i18n/messages/replace-video';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import type { EditorContext } from './editor';
import { PartGone } from './part-gone';
import { useAnswer } from './use-answer';
import styles from './replace-video.module.css';

const form = z.object({
  choice: z.enum(['replace', 'add']),
  version: z.coerce.number().int().positive(),
});

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { courseId = '', lessonId = '', mediaId = '' } = params;
  const asked = { courseId, lessonId, mediaId };
  const { lesson, next } = await getReplacedVideo(context.db, viewer, asked);
  const today = dayAt(context.clock.now(), context.settings.zone).day;
  const lengthMs = next.durationMs;
  const foreseen = await foreseeLength(context.db, { lessonId, lengthMs, today });
  return {
    courseId,
    lesson: { id: lesson.id, title: lesson.title, version: lesson.version, media: lesson.media },
    next,
    foreseen,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { courseId = '', lessonId = '', mediaId = '' } = params;
  const now = context.clock.now();
  const { choice, version } = parseFields(form, textFields(await request.formData()));
  await requireAuthor(context.db, viewer, courseId);
  await getReplacedVideo(context.db, viewer, { courseId, lessonId, mediaId });
  if (choice === 'add') {
    const wanted = { courseId, afterLessonId: lessonId, mediaId, now };
    const added = await addLessonForVideo(context.db, viewer, wanted);
    return redirect(`/teach/courses/${courseId}/lessons/${added.lessonId}`);
  }
  try {
    await attachMedia(context.db, viewer, { lessonId, mediaId, version, now });
  } catch (error) {
    if (!(error instanceof StaleSave)) throw error;
    return data({ changedBy: error.changedBy }, { status: 409 });
  }
  return redirect(`/teach/courses/${courseId}/lessons/${lessonId}`);
});

/** Old and new side by side, what the change means for those who study, and the choice: better take or other content. */
export default function ReplaceVideo() {
  const { courseId, lesson, next, foreseen } = useLoaderData<typeof loader>();
  const { editor } = useOutletContext<EditorContext>();
  const stale = useAnswer<typeof action>();
  const text = useText(replaceVideoMessages);
  const busy = useNavigation().state === 'submitting';
  const [choice, setChoice] = useState<'replace' | 'add'>('replace');
  const { media } = lesson;
  const home = editor.chapters.find((one) => one.lessons.some(({ id }) => id === lesson.id));
  const mayReplace = home?.lessons.some(({ id, mayEdit }) => id === lesson.id && mayEdit);
  const offered = home?.mayEdit ? (['replace', 'add'] as const) : (['replace'] as const);
  return (
    <div className="stack">
      <h1>{text.title(lesson.title)}</h1>
      {stale ? <Notice tone="wrong">{text.stale(stale.changedBy)}</Notice> : null}
      <div className={styles.pair}>
        <Side label={text.now} media={media} />
        <Side label={text.next} media={next} than={media.durationMs} />
      </div>
      <Form method="post" className="stack">
        <input type="hidden" name="version" value={lesson.version} />
        <fieldset className={styles.choices}>
          <legend>{text.choice}</legend>
          {offered.map((value) => (
            <label key={value} className={styles.choice} htmlFor={`choice-${value}`}>
              <input
                id={`choice-${value}`}
                type="radio"
                name="choice"
                value={value}
                checked={choice === value}
                onChange={() => setChoice(value)}
              />
              <b>{text[value]}</b>
              <span className="second small">
                {value === 'replace' ? text.replaceHint : text.addHint}
              </span>
            </label>
          ))}
        </fieldset>
        {choice === 'replace' ? <Effects foreseen={foreseen} /> : null}
        <div className={styles.foot}>
          {(choice === 'add' ? home?.mayEdit : mayReplace) ? (
            <button className="button" disabled={busy}>
              {choice === 'replace' ? text.submitReplace : text.submitAdd}
            </button>
          ) : null}
          <Link className="button text" to={`/teach/courses/${courseId}/lessons/${lesson.id}`}>
            {text.cancel}
          </Link>
        </div>
      </Form>
    </div>
  );
}

function Side(props: {
  label: string;
  media: { id: string; filename: string; durationMs: number };
  /** The length that it is compared with, ms. */
  than?: number;
}) {
  const { label, media, than } = props;
  const text = useText(replaceVideoMessages);
  const locale = useLocale();
  const more = than === undefined ? 0 : media.durationMs - than;
  const difference = spokenTime(Math.abs(more), locale);
  return (
    <section className={styles.side}>
      <h2>{label}</h2>
      <img className={styles.poster} src={`/media/${media.id}/poster.jpg`} alt="" />
      <p className={styles.file}>{media.filename}</p>
      <p className={styles.length}>
        <b>{clockTime(media.durationMs)}</b>
        {than === undefined ? null : (
          <span className="second">
            {Math.abs(more) < 500
              ? text.same
              : more > 0
                ? text.longer(difference)
                : text.shorter(difference)}
          </span>
        )}
      </p>
    </section>
  );
}

type Foreseen = ReturnType<typeof useLoaderData<typeof loader>>['foreseen'];

function Effects({ foreseen }: { foreseen: Foreseen }) {
  const text = useText(replaceVideoMessages);
  const { classes, underWay, underWayEnough, completed, completedShort } = foreseen;
  return (
    <section>
      <h2>{text.effects}</h2>
      <ul className={styles.effects}>
        <li>{text.hours}</li>
        <li>{text.classes(classes)}</li>
        {underWay > 0 ? <li>{text.underWay(underWay, underWayEnough)}</li> : null}
        {completed > 0 ? <li>{text.completed(completed, completedShort)}</li> : null}
        {underWay + completed === 0 ? <li>{text.nobody}</li> : null}
      </ul>
    </section>
  );
}

export function ErrorBoundary() {
  return <PartGone of="lesson" />;
}
