import type { UnreadMessage } from '~/domain/classes/list-unread-messages.server';
import { signedTime, spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { Link } from '~/ui/link';

type About = NonNullable<UnreadMessage['about']>;

/** What became of an appeal, or which hours were corrected. */
export function AboutHours({ about }: { about: About }) {
  const text = useText(appealMessages).told;
  const locale = useLocale();
  return (
    <>
      <p>
        <b>{text[about.decision ?? 'corrected'](about.lessonTitle)}</b>
      </p>
      {about.day ? <p>{text.by(spokenDay(about.day, locale), signedTime(about.ms))}</p> : null}
    </>
  );
}

/** The way to the minutes it is about, explained. */
export function HoursLink({ about }: { about: About }) {
  const text = useText(appealMessages).told;
  const to = `/learn/classes/${about.enrollmentId}/lessons/${about.lessonId}/class-hours`;
  return (
    <Link className="button text" to={about.day ? `${to}?day=${about.day}` : to}>
      {text.look}
    </Link>
  );
}
