import { redirect } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { dayAt } from '~/domain/class-hours/platform-day';
import { outlineLearnerClass } from '~/domain/classes/get-learner-class.server';
import { getStudiedLesson } from '~/domain/classes/get-studied-lesson.server';
import { listLearnerClasses } from '~/domain/classes/list-learner-classes.server';
import { listUnreadMessages } from '~/domain/classes/list-unread-messages.server';
import { markMessageRead } from '~/domain/classes/mark-message-read.server';
import { whatIsLeft } from '~/domain/class-hours/what-is-left';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { IconBell } from '~/ui/icons';
import { Link } from '~/ui/link';
import { textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { ContinueCard } from './continue-card';
import { ComingUp } from './coming-up';
import { HoursCard } from './hours-card';
import { AboutHours, HoursLink } from './about-hours';
import styles from './home.module.css';

export const meta = pageTitle(learnMessages, (text) => text.home.title);

export const loader = signedIn(async ({ context, viewer }) => {
  const { db, settings } = context;
  const now = context.clock.now();
  const [classes, messages] = await Promise.all([
    listLearnerClasses(db, viewer.personId, now, settings.zone),
    listUnreadMessages(db, viewer.personId),
  ]);
  const first = classes[0];
  const studied = first && ['enrolled', 'completed'].includes(first.status) ? first : undefined;
  const current =
    studied && studied.state !== 'preparing' ? await outlineLearnerClass(db, studied) : undefined;
  const chapters = current?.courses.flatMap((course) =>
    course.chapters.map((chapter, index) => ({ course, chapter, number: index + 1 })),
  );
  const place = chapters
    ?.flatMap(({ course, chapter, number }) =>
      chapter.lessons.map((lesson, index) => ({ course, lesson, number, index: index + 1 })),
    )
    .find(({ lesson }) => lesson.id === current?.continueLessonId);
  const page =
    current && place
      ? await getStudiedLesson(db, {
          personId: viewer.personId,
          enrollmentId: current.enrollmentId,
          lessonId: place.lesson.id,
        })
      : undefined;
  const next = place &&
    page && {
      enrollmentId: current!.enrollmentId,
      lesson: place.lesson,
      chapterNumber: place.number,
      lessonNumber: place.index,
      cover: place.course.cover,
      coverage: page.coverage,
      ...whatIsLeft({
        coverage: page.coverage,
        spentMs: page.spentMs,
        lengthMs: place.lesson.durationMs,
        maxSpeed: page.maxSpeed,
      }),
    };
  const hour = (now - dayAt(now, settings.zone).fromAt) / 3_600_000;
  const part: 'morning' | 'afternoon' | 'evening' =
    hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
  return {
    name: viewer.name,
    part,
    studied,
    next,
    messages,
    dates: classes.filter((one) => one.status !== 'withdrawn' && one.state !== 'ended').slice(0, 4),
  };
});

/** Puts a message away. */
export const action = signedIn(async ({ request, context, viewer }) => {
  const { messageId } = textFields(await request.formData());
  await markMessageRead(context.db, {
    personId: viewer.personId,
    messageId: messageId ?? '',
    now: context.clock.now(),
  });
  return redirect('/learn');
});

export default function LearnHome() {
  const { name, part, studied, next, messages, dates } = useLoaderData<typeof loader>();
  const text = useText(learnMessages).home;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{text.greeting(part, name)}</h1>
          {studied ? <p className="second small">{studied.title}</p> : null}
        </div>
        {messages.length > 0 ? (
          <a className={styles.bell} href="#messages" aria-label={text.messages(messages.length)}>
            <IconBell size={26} aria-hidden="true" />
          </a>
        ) : null}
      </header>
      {messages.length > 0 ? (
        <section id="messages" className="stack-tight" aria-label={text.messages(messages.length)}>
          {messages.map((message) => (
            <article key={message.id} className={styles.message}>
              <div>
                {message.about ? <AboutHours about={message.about} /> : null}
                <p className={styles.words}>{message.body}</p>
                <p className="small second">{text.from(message.sentByName, message.classTitle)}</p>
              </div>
              <div className="row">
                {message.about ? <HoursLink about={message.about} /> : null}
                <Form method="post" preventScrollReset>
                  <button className="button outlined" name="messageId" value={message.id}>
                    {text.read}
                  </button>
                </Form>
              </div>
            </article>
          ))}
        </section>
      ) : null}
      {studied || dates.length > 0 ? (
        <div className={styles.columns}>
          <div className="stack">
            {studied ? <ContinueCard next={next} enrollmentId={studied.enrollmentId} /> : null}
            <ComingUp classes={dates} />
          </div>
          {studied ? <HoursCard studied={studied} next={next} /> : null}
        </div>
      ) : (
        <EmptyState
          title={text.noClass}
          actions={
            <Link className="button" to="/catalog">
              {text.findClass}
            </Link>
          }
        >
          {text.noClassText}
        </EmptyState>
      )}
    </div>
  );
}
