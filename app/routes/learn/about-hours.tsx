import type { UnreadMessage } from '~/domain/classes/list-unread-messages.server';
import { signedTime, spokenDay } from '~/i18n/durations';
import { useLocale, useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { Link } from '~/ui/link';

/** What became of an appeal, or which hours were corrected, with the way to the explained minutes. */
export function AboutHours({ about }: { about: NonNullable<UnreadMessage['about']> }) {
  const text = useText(appealMessages).told;
  const locale = useLocale();
  const { enrollmentId, lessonId, day } = about;
  const to = `/learn/classes/${enrollmentId}/lessons/${lessonId}/class-hours`;
  return (
    <>
      <p>
        <b>{text[about.decision ?? 'corrected'](about.lessonTitle)}</b>
      </p>
      {day ? <p>{text.by(spokenDay(day, locale), signedTime(about.ms))}</p> : null}
      <p>
        <Link to={day ? `${to}?day=${day}` : to}>{text.look}</Link>
      </p>
    </>
  );
}
